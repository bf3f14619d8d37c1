import { ApiError } from '../../lib/api.ts';
import { errorText } from '../../lib/error-text.ts';
import { t } from '../../lib/i18n.ts';
import type { TransferError } from './engine/transfer.ts';

/** Why a file did not get there, for a person. */
export function transferErrorText({ code, message }: TransferError): string {
  switch (code) {
    case 'FileChanged':
      return t('transfers.fileChanged');
    case 'FileUnreadable':
      return t('transfers.fileUnreadable');
    case 'BadDigest':
      return t('transfers.badDigest');
    case 'KeyTooLongError':
      return t('transfers.nameTooLong');
    case 'InvalidURI':
      return t('transfers.nameBroken');
    case 'InsufficientStorage':
      return t('transfers.full');
    case 'ServiceUnavailable':
      return t('transfers.tooBusy');
    default:
      return errorText(new ApiError(400, code, message));
  }
}
