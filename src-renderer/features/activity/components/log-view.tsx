import { memo, useMemo } from 'react';
import type { LogLineView } from '../../../../src-server/contract/activity.ts';
import type { LiveEvent } from '../../../../src-server/contract/events.ts';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { formatClock, formatExactTime } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useLog } from '../api/use-activity.ts';
import { useLiveList } from '../hooks/use-live-list.ts';
import { uniqueBy } from '../unique-by.ts';
import { ListTools } from './list-tools.tsx';

const LOG_LEVELS = ['all', 'warn', 'error'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

interface LogViewProps {
  readonly filter: string;
  readonly level: LogLevel;
  readonly onChange: (change: { readonly filter?: string; readonly level?: LogLevel }) => void;
}

const WARNINGS = new Set(['warn', 'error', 'fatal']);
const ERRORS = new Set(['error', 'fatal']);
const ROWS = 300;

function newestFirst(event: LiveEvent): readonly LogLineView[] {
  return event.kind === 'log' ? event.lines.toReversed() : [];
}

/** The server's log as it is written, newest first; secrets were taken out before it was. */
export function LogView({ filter, level, onChange }: LogViewProps) {
  const asked = useLog();
  const first = useMemo(() => asked.data?.toReversed(), [asked.data]);
  const list = useLiveList('log', first, newestFirst);
  if (asked.isPending) return <LoadingRows />;
  if (asked.data === undefined) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />;
  const shown = uniqueBy(list.shown, ({ number }) => number)
    .filter((line) => matches(line, filter, level))
    .slice(0, ROWS);
  return (
    <div className="flex flex-col">
      <ListTools
        filter={filter}
        onFilter={(text) => onChange({ filter: text })}
        isPaused={list.isPaused}
        waiting={list.waiting.length}
        onPause={list.togglePause}
        onClear={list.clear}
      >
        <select
          aria-label={t('activity.level')}
          value={level}
          onChange={(event) => {
            const chosen = LOG_LEVELS.find((one) => one === event.target.value);
            if (chosen !== undefined) onChange({ level: chosen });
          }}
          className="h-9 rounded-control border border-line-strong bg-surface px-2"
        >
          <option value="all">{t('activity.levelAll')}</option>
          <option value="warn">{t('activity.levelWarn')}</option>
          <option value="error">{t('activity.levelError')}</option>
        </select>
      </ListTools>
      {shown.length === 0 && <p className="px-4 py-6 text-muted sm:px-6">{t('activity.noLines')}</p>}
      <ol className="border-line border-t">
        {shown.map((line) => (
          <Line key={line.number} line={line} />
        ))}
      </ol>
    </div>
  );
}

function matches({ level, text, fields }: LogLineView, filter: string, wanted: LogLevel): boolean {
  if (wanted === 'warn' && !WARNINGS.has(level)) return false;
  if (wanted === 'error' && !ERRORS.has(level)) return false;
  if (filter === '') return true;
  return `${level} ${text} ${Object.values(fields).join(' ')}`.toLowerCase().includes(filter.toLowerCase());
}

const Line = memo(function Line({ line: { atMs, level, text, fields } }: { readonly line: LogLineView }) {
  const language = useLanguage();
  const colour = ERRORS.has(level) ? 'text-stopped' : WARNINGS.has(level) ? 'text-attention' : 'text-muted';
  const rest = Object.entries(fields);
  return (
    <li className="flex flex-col gap-x-4 border-line border-b px-4 py-1.5 text-table sm:flex-row sm:px-6">
      <span className="flex shrink-0 gap-3">
        <time dateTime={new Date(atMs).toISOString()} title={formatExactTime(atMs, language)} className="text-muted">
          {formatClock(atMs, language)}
        </time>
        <span className={`w-12 font-medium ${colour}`}>{level}</span>
      </span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {text}
        {rest.length > 0 && (
          <span className="block whitespace-pre-wrap font-mono text-caption text-muted">
            {rest.map(([name, value]) => `${name}=${value}`).join('  ')}
          </span>
        )}
      </span>
    </li>
  );
});
