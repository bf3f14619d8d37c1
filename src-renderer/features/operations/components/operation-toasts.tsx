import { useEffect } from 'react';
import { ProgressBar } from 'react-aria-components';
import type { Operation } from '../../../../src-server/contract/operations.ts';
import { Button } from '../../../components/button.tsx';
import { StatusWord } from '../../../components/status-word.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { titleOf } from '../operation-text.ts';
import { cancelOperation, useRunning, watchOperations } from '../run-operation.ts';

/** What runs for this person, on every page; nothing while there is nothing. Ends are said as toasts, with an Undo. */
export function OperationToasts({ userName }: { readonly userName: string }) {
  const { running } = useRunning();
  useEffect(() => watchOperations(userName), [userName]);
  if (running.length === 0) return null;
  return (
    <section aria-label={t('operations.title')} className="shrink-0 border-line border-t bg-surface px-4 py-2 sm:px-6">
      {running.map((operation) => (
        <div key={operation.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-1">
          <StatusWord status="working" compact />
          <span className="min-w-0 truncate text-table">{titleOf(operation)}</span>
          <OperationProgress operation={operation} />
          <Button look="quiet" onPress={() => void cancelOperation(operation.id)}>
            {t('common.cancel')}
          </Button>
        </div>
      ))}
    </section>
  );
}

/** How far it is, as a bar with its numbers. */
export function OperationProgress({ operation }: { readonly operation: Operation }) {
  const language = useLanguage();
  const { doneObjects, totalObjects } = operation;
  const counted = totalObjects !== null;
  return (
    <>
      <ProgressBar
        aria-label={titleOf(operation)}
        value={doneObjects}
        maxValue={Math.max(1, totalObjects ?? 1)}
        isIndeterminate={!counted}
        className="h-2 min-w-24 flex-1 overflow-hidden rounded-full bg-sunken"
      >
        {({ percentage = 0 }) => <div className="h-full bg-accent" style={{ width: `${percentage}%` }} />}
      </ProgressBar>
      <span className="text-muted text-table">
        {counted
          ? t('operations.progress', {
              done: formatCount(doneObjects, language),
              total: formatCount(totalObjects, language),
            })
          : t('operations.counting')}
      </span>
    </>
  );
}
