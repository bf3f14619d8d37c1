import { Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { t } from '../../../lib/i18n.ts';

interface ListToolsProps {
  readonly filter: string;
  readonly onFilter: (text: string) => void;
  readonly isPaused: boolean;
  readonly waiting: number;
  readonly onPause: () => void;
  readonly onClear: () => void;
  readonly children?: ReactNode;
}

/** What stands above a list that grows: a filter, and whether it stands still. */
export function ListTools({ filter, onFilter, isPaused, waiting, onPause, onClear, children }: ListToolsProps) {
  const Icon = isPaused ? Play : Pause;
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3 sm:px-6">
      <input
        type="search"
        aria-label={t('activity.filter')}
        placeholder={t('activity.filter')}
        value={filter}
        onChange={(event) => onFilter(event.target.value)}
        className="h-9 w-full rounded-control border border-line-strong bg-surface px-3 sm:w-72"
      />
      {children}
      <span className="flex items-center gap-2 sm:ml-auto">
        {isPaused && waiting > 0 && (
          <span role="status" className="text-muted text-table">
            {t('activity.waiting', { count: waiting })}
          </span>
        )}
        <Button onPress={onPause} aria-pressed={isPaused}>
          <Icon size={16} aria-hidden="true" /> {isPaused ? t('activity.resume') : t('activity.pause')}
        </Button>
        <Button look="quiet" onPress={onClear}>
          {t('activity.clear')}
        </Button>
      </span>
    </div>
  );
}
