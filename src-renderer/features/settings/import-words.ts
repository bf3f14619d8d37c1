import type { ImportItem } from '../../../src-server/contract/configuration.ts';
import { t } from '../../lib/i18n.ts';

/** Why something of a file is left out. */
export function refusalText({ kind, refusal, detail }: ImportItem): string {
  switch (refusal) {
    case null:
      return '';
    case 'id-taken':
      return t('configuration.idTaken');
    case 'other-tenant':
      return t('configuration.otherTenant');
    case 'key-taken':
      return t('configuration.keyTaken');
    case 'too-many-keys':
      return t('configuration.tooManyKeys');
    case 'other-owner':
      return t('configuration.otherOwner');
    case 'no-owner':
      return t('configuration.noOwner', { name: detail });
    case 'depends':
      return kind === 'key' || detail === ''
        ? t('configuration.dependsAll')
        : t('configuration.depends', { name: detail });
    case 'keeps-from-starting':
      return t('configuration.keepsFromStarting', { why: detail });
    case 'given-at-start':
      return t('configuration.givenAtStart');
  }
}

/** What of something changes. */
export function fieldText(field: string): string {
  return FIELDS[field]?.() ?? field;
}

const FIELDS: Readonly<Record<string, () => string>> = {
  ids: () => t('configuration.ids'),
  role: () => t('configuration.role'),
  email: () => t('configuration.email'),
  displayName: () => t('configuration.displayName'),
  password: () => t('configuration.passwordField'),
  state: () => t('configuration.state'),
  secondFactor: () => t('configuration.secondFactor'),
  secret: () => t('configuration.secret'),
  terms: () => t('configuration.terms'),
  accountId: () => t('configuration.accountId'),
  versioning: () => t('configuration.versioning'),
  ownership: () => t('configuration.ownership'),
  tags: () => t('configuration.tags'),
  cors: () => t('configuration.cors'),
  encryption: () => t('configuration.encryption'),
};
