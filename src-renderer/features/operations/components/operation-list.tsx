import type { Operation } from '../../../../src-server/contract/operations.ts';
import { Button } from '../../../components/button.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { isOpen } from '../api/operations-api.ts';
import { problemText, statusOf, titleOf, undoReason } from '../operation-text.ts';
import { cancelOperation, undoOperation } from '../run-operation.ts';
import { OperationProgress } from './operation-toasts.tsx';

const SHOWN_PROBLEMS = 5;

/** Operations with how far they are, what went wrong, and a way back. For its own page and for Activity. */
export function OperationList({ operations }: { readonly operations: readonly Operation[] }) {
  return (
    <ul aria-label={t('operations.title')} className="border-line border-t">
      {operations.map((operation) => (
        <li
          key={operation.id}
          className="relative flex flex-col gap-1 border-line border-b py-3 pr-4 pl-10 sm:pr-6 sm:pl-12"
        >
          <span className="absolute left-4 sm:left-6">
            <StatusWord status={statusOf(operation)} compact />
          </span>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="min-w-0 flex-1 basis-60 break-words font-medium">{titleOf(operation)}</span>
            <WayBack operation={operation} />
          </div>
          <Facts operation={operation} />
          {isOpen(operation) && (
            <div className="flex flex-wrap items-center gap-4">
              <OperationProgress operation={operation} />
            </div>
          )}
          <Problems operation={operation} />
        </li>
      ))}
    </ul>
  );
}

function WayBack({ operation }: { readonly operation: Operation }) {
  if (isOpen(operation)) {
    return (
      <Button look="quiet" small onPress={() => void cancelOperation(operation.id)}>
        {t('common.cancel')}
      </Button>
    );
  }
  if (operation.undo.kind === 'possible') {
    return (
      <Button
        small
        aria-label={t('operations.undoNamed', { title: titleOf(operation) })}
        onPress={() => void undoOperation(operation.id)}
      >
        {t('operations.undo')}
      </Button>
    );
  }
  const reason = undoReason(operation);
  return reason === undefined ? null : <span className="text-caption text-muted">{reason}</span>;
}

function Facts({ operation }: { readonly operation: Operation }) {
  const language = useLanguage();
  const { doneObjects, doneBytes, skipped, failed, user, bucket, state } = operation;
  return (
    <p className="flex flex-wrap gap-x-3 text-muted text-table">
      <Moment atMs={operation.createdAtMs} />
      <span>{user}</span>
      <span>{bucket}</span>
      <span>
        {t('operations.objects', { count: doneObjects, shown: formatCount(doneObjects, language) })}
        {doneBytes > 0 && ' · '}
        {doneBytes > 0 && <Bytes bytes={doneBytes} />}
      </span>
      {skipped > 0 && <span>{t('operations.skipped', { count: skipped })}</span>}
      {failed > 0 && <span className="text-attention">{t('operations.failed', { count: failed })}</span>}
      {state === 'cancelled' && <span>{t('operations.cancelled')}</span>}
    </p>
  );
}

function Problems({ operation }: { readonly operation: Operation }) {
  const shown = operation.problems.slice(0, SHOWN_PROBLEMS);
  if (shown.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-table">
      {shown.map(({ key, code }) => (
        <li key={`${key}/${code}`} className="break-words">
          {key !== '' && <span className="font-mono">{key} </span>}
          <span className="text-muted">{problemText(code)}</span>
        </li>
      ))}
      {operation.failed > shown.length && (
        <li className="text-muted">{t('operations.andMore', { count: operation.failed - shown.length })}</li>
      )}
    </ul>
  );
}
