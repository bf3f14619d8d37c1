import { ApiError } from '../../lib/api.ts';
import { errorText } from '../../lib/error-text.ts';
import { t } from '../../lib/i18n.ts';

/** Why a change of groups, roles or policies was not taken; undefined without an error. */
export function iamErrorWords(error: unknown): string | undefined {
  if (error === null || error === undefined) return undefined;
  if (!(error instanceof ApiError)) return errorText(error);
  switch (error.code) {
    case 'MalformedPolicyDocument':
      return t('iam.malformed', { reason: error.message });
    case 'DeleteConflict':
      return t('iam.inUse');
    case 'LimitExceeded':
      return t('iam.limit', { reason: error.message });
    case 'EntityAlreadyExists':
      return t('iam.taken');
    case 'NoSuchEntity':
      return t('iam.gone');
    default:
      return errorText(error);
  }
}
