import type { Operation } from '../../../src-server/contract/operations.ts';
import type { Status } from '../../components/status-word.tsx';
import { formatMoment } from '../../lib/format.ts';
import { currentLanguage, t } from '../../lib/i18n.ts';

/** What an operation is to do, as a heading. */
export function titleOf(operation: Operation): string {
  const values = { count: operation.items, name: operation.first, target: targetOf(operation) };
  switch (operation.kind) {
    case 'copy':
      return t('operations.copyTitle', values);
    case 'move':
      return t('operations.moveTitle', values);
    case 'rename':
      return t('operations.renameTitle', { ...values, target: operation.target?.name ?? '' });
    case 'delete':
      return t('operations.deleteTitle', values);
    case 'restore':
      return operation.items === 0 ? t('operations.restoreAllTitle') : t('operations.restoreTitle', values);
    case 'purge':
      return operation.items === 0 ? t('operations.emptyTitle') : t('operations.purgeTitle', values);
    case 'rewind':
      return t('operations.rewindTitle', {
        ...values,
        name: operation.first || operation.bucket,
        when: whenOf(operation),
      });
    case 'undo':
      return t('operations.undoTitle', values);
  }
}

/** What it did, in a toast. */
export function doneText(operation: Operation): string {
  const values = { count: operation.items, name: operation.first, target: targetOf(operation) };
  switch (operation.kind) {
    case 'copy':
      return t('operations.copied', values);
    case 'move':
      return t('operations.moved', values);
    case 'rename':
      return t('operations.renamed', { ...values, target: operation.target?.name ?? '' });
    case 'delete':
      return t('operations.deleted', values);
    case 'restore':
      return t('operations.restored', { count: operation.doneObjects });
    case 'purge':
      return t('operations.purged', { count: operation.doneObjects });
    case 'rewind':
      return t('operations.rewound', { count: operation.doneObjects });
    case 'undo':
      return t('operations.undone');
  }
}

function whenOf({ atMs }: Operation): string {
  return atMs === undefined ? '' : formatMoment(atMs, currentLanguage());
}

function targetOf({ target, bucket }: Operation): string {
  if (target === null) return '';
  const folder = target.folder.replace(/\/$/, '');
  if (target.bucket !== bucket) return folder === '' ? target.bucket : `${target.bucket}/${folder}`;
  return folder === '' ? target.bucket : folder;
}

/** One of the five status words. */
export function statusOf(operation: Operation): Status {
  switch (operation.state) {
    case 'queued':
    case 'running':
      return 'working';
    case 'failed':
      return 'stopped';
    case 'cancelled':
      return 'attention';
    case 'done':
    case 'undone':
      return operation.failed > 0 ? 'attention' : 'fine';
  }
}

/** Why a key was left out, in words. */
export function problemText(code: string): string {
  switch (code) {
    case 'Exists':
      return t('operations.problemExists');
    case 'Changed':
      return t('operations.problemChanged');
    case 'Gone':
    case 'NoSuchKey':
      return t('operations.problemGone');
    case 'AccessDenied':
      return t('error.denied');
    case 'NoSuchBucket':
      return t('files.noBucket');
    case 'KeyTooLongError':
      return t('operations.problemLong');
    default:
      return t('operations.problemOther', { code });
  }
}

/** Why it cannot be taken back; undefined where nobody would ask. */
export function undoReason(operation: Operation): string | undefined {
  if (operation.undo.kind === 'possible') return undefined;
  switch (operation.undo.reason) {
    case 'undone':
      return t('operations.isUndone');
    case 'undoing':
      return t('operations.isUndoing');
    case 'expired':
      return t('operations.undoExpired');
    case 'emptied':
      return t('operations.undoEmptied');
    case 'open':
    case 'nothing':
    case 'kind':
      return undefined;
  }
}
