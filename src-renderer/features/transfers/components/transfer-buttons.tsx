import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import { saveText } from '../../../lib/save-text.ts';
import type { TransferEngine } from '../engine/transfer-engine.ts';
import { errorListCsv } from '../error-list.ts';
import { failedOf, fixNames } from '../mend.ts';

/** What can be done with all transfers; only what would do something. */
export function TransferButtons({ engine }: { readonly engine: TransferEngine }) {
  const { book } = engine;
  const { waiting, sending, paused, failed, done, skipped } = book.totals;
  const isStill = waiting.files + sending.files + paused.files === 0;
  const { misnamed, retryable } = failedOf(book.in('failed'));
  const canRetry = retryable.length > 0;
  return (
    <>
      {failed.files > 0 && (
        <>
          <Button
            onPress={() => saveText('transfers-failed.csv', errorListCsv(book.in('failed')), 'text/csv;charset=utf-8')}
          >
            {t('transfers.saveList')}
          </Button>
          {misnamed.length > 0 && (
            <Button look={isStill && !canRetry ? 'primary' : 'plain'} onPress={() => fixNames(engine, misnamed)}>
              {t('transfers.fixNames')}
            </Button>
          )}
          {canRetry && (
            <Button look={isStill ? 'primary' : 'plain'} onPress={() => engine.resume(retryable)}>
              {t('transfers.retryFailed')}
            </Button>
          )}
        </>
      )}
      {done.files + skipped.files > 0 && (
        <Button onPress={() => engine.remove([...book.in('done'), ...book.in('skipped')])}>
          {t('transfers.clearDone')}
        </Button>
      )}
      {paused.files > 0 && (
        <Button
          look={waiting.files + sending.files > 0 ? 'plain' : 'primary'}
          onPress={() => engine.resume(book.in('paused'))}
        >
          {t('transfers.resumeAll')}
        </Button>
      )}
      {waiting.files + sending.files > 0 && (
        <Button onPress={() => engine.pause([...book.in('sending'), ...book.in('waiting')])}>
          {t('transfers.pauseAll')}
        </Button>
      )}
    </>
  );
}
