import { ApiError } from './api.ts';
import { t } from './i18n.ts';

/** What a person is told of an error: ours where we have a sentence, else the server's. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return t('error.unknown');
  switch (error.code) {
    case 'ConnectionLost':
      return t('error.connection');
    case 'AccessDenied':
      return t('error.denied');
    case 'WrongCredentials':
      return t('signIn.wrong');
    case 'WrongProof':
      return t('account.wrongProof');
    case 'NoSuchLink':
      return t('invite.gone');
    case 'EntityAlreadyExists':
      return t('people.taken');
    case 'NoSuchEntity':
      return t('people.gone');
    case 'DeleteConflict':
      return t('people.conflict');
    case 'LimitExceeded':
      return t('keys.tooMany');
    case 'TooManyTries':
      return t('signIn.tooMany');
    case 'WrongSetupToken':
      return t('claim.wrongToken');
    case 'AlreadyClaimed':
      return t('claim.already');
    case 'BucketNotEmpty':
      return t('buckets.notEmpty');
    case 'BucketAlreadyExists':
    case 'BucketAlreadyOwnedByYou':
      return t('buckets.taken');
    case 'InvalidBucketName':
      return t('buckets.nameRule');
    case 'ChangedSince':
      return t('bucket.changedSince');
    case 'ForeignFile':
      return t('configuration.foreignFile');
    case 'NewerFile':
      return t('configuration.newerFile');
    case 'LockedFile':
      return t('configuration.lockedFile');
    case 'LargeFile':
      return t('configuration.largeFile');
    case 'CodeNeeded':
      return t('configuration.codeNeeded');
    case 'NoSuchBucket':
      return t('files.noBucket');
    default:
      return error.message === '' ? t('error.unknown') : error.message;
  }
}
