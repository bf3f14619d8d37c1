import { useState } from 'react';
import type { AuditEntryView } from '../../../../src-server/contract/audit.ts';
import { Button } from '../../../components/button.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { formatCount, formatExactTime, formatMoment } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { type AuditFilter, readAudit, useAudit } from '../api/use-audit.ts';
import { auditCsv } from '../audit-csv.ts';
import { auditSentence } from '../audit-sentence.ts';

const FIELD = 'h-9 rounded-control border border-line-strong bg-surface px-2';
const NOTHING: AuditFilter = {
  outcome: 'changed',
  who: '',
  action: '',
  resource: '',
  fromMs: undefined,
  untilMs: undefined,
};

/** Who changed what and who was refused what, in sentences. */
export function AuditView() {
  const [filter, setFilter] = useState(NOTHING);
  const asked = useAudit(filter);
  const change = (part: Partial<AuditFilter>) => setFilter({ ...filter, ...part });
  const entries = asked.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="flex flex-col">
      <AuditTools filter={filter} onChange={change} />
      {asked.isPending && <LoadingRows />}
      {asked.isError && <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />}
      {asked.data !== undefined && entries.length === 0 && (
        <p className="px-4 py-6 text-muted sm:px-6">{emptyText(filter)}</p>
      )}
      <ol className="border-line border-t" aria-label={t('activity.audit')}>
        {entries.map((entry) => (
          <Entry key={`${entry.outcome}-${entry.id}`} entry={entry} />
        ))}
      </ol>
      {asked.hasNextPage && (
        <div className="px-4 py-4 sm:px-6">
          <Button onPress={() => void asked.fetchNextPage()} isDisabled={asked.isFetchingNextPage}>
            {t('audit.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function emptyText(filter: AuditFilter): string {
  const isAnything = Object.entries(filter).every(
    ([name, value]) => name === 'outcome' || value === '' || value === undefined,
  );
  if (filter.outcome === 'denied') return isAnything ? t('audit.noneRefused') : t('audit.noRefusals');
  return isAnything ? t('audit.nothingYet') : t('audit.noChanges');
}

interface AuditToolsProps {
  readonly filter: AuditFilter;
  readonly onChange: (change: Partial<AuditFilter>) => void;
}

function AuditTools({ filter, onChange }: AuditToolsProps) {
  const texts = [
    { name: 'who', label: t('audit.who') },
    { name: 'action', label: t('audit.action') },
    { name: 'resource', label: t('audit.resource') },
  ] as const;
  const times = [
    { name: 'fromMs', label: t('audit.from') },
    { name: 'untilMs', label: t('audit.until') },
  ] as const;
  return (
    <div className="flex flex-wrap items-end gap-2 px-4 py-3 sm:px-6">
      <select
        aria-label={t('audit.outcome')}
        value={filter.outcome}
        onChange={({ target }) => onChange({ outcome: target.value === 'denied' ? 'denied' : 'changed' })}
        className={`${FIELD} w-full sm:w-auto`}
      >
        <option value="changed">{t('audit.changes')}</option>
        <option value="denied">{t('audit.refusals')}</option>
      </select>
      {texts.map(({ name, label }) => (
        <input
          key={name}
          type="search"
          aria-label={label}
          placeholder={label}
          value={filter[name]}
          onChange={({ target }) => onChange({ [name]: target.value })}
          className={`${FIELD} w-full px-3 sm:w-40`}
        />
      ))}
      {times.map(({ name, label }) => (
        <label key={name} className="flex flex-1 items-center gap-2 text-muted text-table sm:flex-none">
          {label}
          <input
            type="date"
            onChange={({ target }) => onChange({ [name]: toMs(target.value, name) })}
            className={`${FIELD} min-w-0 flex-1 text-text`}
          />
        </label>
      ))}
      <Export filter={filter} />
    </div>
  );
}

/** A day in the reader's own time: from its beginning, until its end. */
function toMs(day: string, name: 'fromMs' | 'untilMs'): number | undefined {
  const ms = new Date(`${day}T${name === 'fromMs' ? '00:00:00.000' : '23:59:59.999'}`).getTime();
  return Number.isNaN(ms) ? undefined : ms;
}

function Export({ filter }: { readonly filter: AuditFilter }) {
  const [state, setState] = useState<{ busy: boolean; error?: unknown; cutAt?: number }>({ busy: false });
  const language = useLanguage();
  const save = async () => {
    setState({ busy: true });
    try {
      const { entries, isCut } = await readAudit(filter);
      saveFile(auditCsv(entries), filter.outcome);
      setState(isCut ? { busy: false, cutAt: entries.length } : { busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <span className="flex items-center gap-2 sm:ml-auto">
      {state.cutAt !== undefined && (
        <span role="status" className="text-muted text-table">
          {t('audit.exportCut', { count: state.cutAt, shown: formatCount(state.cutAt, language) })}
        </span>
      )}
      {state.error !== undefined && <ErrorState error={state.error} onRetry={() => void save()} />}
      <Button onPress={() => void save()} isDisabled={state.busy}>
        {state.busy ? t('audit.exporting') : t('audit.export')}
      </Button>
    </span>
  );
}

function saveFile(text: string, outcome: string): void {
  // The mark makes spreadsheets read UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `audit-${outcome}-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}

function reasonText(reason: string | null): string {
  if (reason === null) return '';
  if (reason === 'role') return t('audit.byRole');
  if (reason === 'nothing') return t('audit.byNothing');
  return t('audit.by', { reason });
}

function Entry({ entry }: { readonly entry: AuditEntryView }) {
  const language = useLanguage();
  const { atMs, address, reason, requestId, code, count, details } = entry;
  const facts = [
    code ?? '',
    count > 1 ? t('audit.deniedTimes', { count, shown: formatCount(count, language) }) : '',
    address === null ? '' : t('audit.address', { address }),
    reasonText(reason),
    requestId === null ? '' : t('audit.request', { id: requestId }),
  ].filter((fact) => fact !== '');
  const rest = Object.entries(details);
  return (
    <li className="flex flex-col gap-x-4 border-line border-b px-4 py-2 text-table sm:flex-row sm:px-6">
      <time
        dateTime={new Date(atMs).toISOString()}
        title={formatExactTime(atMs, language)}
        className="shrink-0 text-muted tabular-nums sm:w-44"
      >
        {formatMoment(atMs, language)}
      </time>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {auditSentence(entry)}
        {facts.length > 0 && <span className="block text-caption text-muted">{facts.join(' · ')}</span>}
        {rest.length > 0 && (
          <span className="block font-mono text-caption text-muted">
            {rest.map(([name, value]) => `${name}=${value}`).join('  ')}
          </span>
        )}
      </span>
    </li>
  );
}
