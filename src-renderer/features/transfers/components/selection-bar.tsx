import { X } from 'lucide-react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';
import type { Transfer, TransferState } from '../engine/transfer.ts';
import type { TransferEngine } from '../engine/transfer-engine.ts';
import { failedOf, fixNames } from '../mend.ts';

interface SelectionBarProps {
  readonly engine: TransferEngine;
  readonly chosen: readonly Transfer[];
  readonly onClear: () => void;
}

/** What can be done with the selected transfers. */
export function SelectionBar({ engine, chosen, onClear }: SelectionBarProps) {
  const has = (...states: readonly TransferState[]) => chosen.some(({ state }) => states.includes(state));
  const { misnamed, retryable } = failedOf(chosen);
  const remove = () => {
    engine.remove(chosen);
    onClear();
  };
  return (
    <section
      aria-label={t('transfers.selection')}
      className="flex shrink-0 flex-wrap items-center gap-2 border-line border-t bg-surface px-4 py-2 sm:px-6"
    >
      <span role="status" className="mr-auto text-table">
        {t('transfers.selected', { count: chosen.length })}
      </span>
      {has('sending', 'waiting') && (
        <Button look="quiet" onPress={() => engine.pause(chosen)}>
          {t('transfers.pause')}
        </Button>
      )}
      {has('waiting') && (
        <Button look="quiet" onPress={() => engine.sendFirst(chosen)}>
          {t('transfers.sendFirst')}
        </Button>
      )}
      {has('paused') && (
        <Button look="quiet" onPress={() => engine.resume(chosen.filter(({ state }) => state === 'paused'))}>
          {t('transfers.resume')}
        </Button>
      )}
      {retryable.length > 0 && (
        <Button look="quiet" onPress={() => engine.resume(retryable)}>
          {t('common.retry')}
        </Button>
      )}
      {misnamed.length > 0 && (
        <Button look="quiet" onPress={() => fixNames(engine, misnamed)}>
          {t('transfers.fixNames')}
        </Button>
      )}
      <Button look="quiet" onPress={remove}>
        {t('transfers.remove')}
      </Button>
      <Button look="quiet" square aria-label={t('transfers.clearSelection')} onPress={onClear}>
        <X size={16} aria-hidden="true" />
      </Button>
    </section>
  );
}
