import { Link, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useState } from 'react';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState } from '../components/states.tsx';
import { StatusWord } from '../components/status-word.tsx';
import { ConflictDialog } from '../features/transfers/components/conflict-dialog.tsx';
import { FilterLinks } from '../features/transfers/components/filter-links.tsx';
import { Notices } from '../features/transfers/components/notices.tsx';
import { PaceButton } from '../features/transfers/components/pace-button.tsx';
import { PaceDialog } from '../features/transfers/components/pace-dialog.tsx';
import { Progress } from '../features/transfers/components/progress.tsx';
import { SelectionBar } from '../features/transfers/components/selection-bar.tsx';
import { SummaryLine } from '../features/transfers/components/summary-line.tsx';
import { TransferButtons } from '../features/transfers/components/transfer-buttons.tsx';
import { TransferList } from '../features/transfers/components/transfer-list.tsx';
import type { Transfer } from '../features/transfers/engine/transfer.ts';
import { useEngine } from '../features/transfers/hooks/use-engine.ts';
import type { TransferSession } from '../features/transfers/session.ts';
import { useTransfers } from '../features/transfers/start.ts';
import { isWorthShowing, summaryOf } from '../features/transfers/summary.ts';
import { formatBytes } from '../lib/format.ts';
import { t, useLanguage } from '../lib/i18n.ts';

/** Everything that this browser brings to the server. */
export function TransfersPage() {
  const { session } = useTransfers();
  const [isPacing, setPacing] = useState(false);
  const pace = <PaceButton onPress={() => setPacing(true)} />;
  return (
    <>
      {session === undefined ? <Nothing pace={pace} /> : <Transfers session={session} pace={pace} />}
      <PaceDialog isOpen={isPacing} onClose={() => setPacing(false)} />
    </>
  );
}

function Nothing({ pace }: { readonly pace: ReactNode }) {
  return (
    <>
      <PageHead title={t('transfers.title')}>{pace}</PageHead>
      <EmptyState title={t('transfers.emptyTitle')} text={t('transfers.emptyText')}>
        <Link to="/buckets" className="font-medium text-accent hover:underline">
          {t('transfers.toBuckets')}
        </Link>
      </EmptyState>
    </>
  );
}

interface TransfersProps {
  readonly session: TransferSession;
  readonly pace: ReactNode;
}

function Transfers({ session, pace }: TransfersProps) {
  const { engine } = session;
  useEngine(engine);
  const { show = 'all' } = useSearch({ from: '/frame/transfers' });
  const [isDeciding, setDeciding] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  // The same function every time, so that a row renders anew for its own sake only.
  const select = useCallback(
    ({ id }: Transfer, isSelected: boolean) =>
      setSelected((before) => new Set(isSelected ? [...before, id] : [...before].filter((other) => other !== id))),
    [],
  );
  const summary = summaryOf(session);
  if (!isWorthShowing(summary)) return <Nothing pace={pace} />;
  const items = engine.list(show);
  const chosen = [...selected].flatMap((id) => engine.book.get(id) ?? []);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHead title={t('transfers.title')}>
        {pace}
        <TransferButtons engine={engine} />
      </PageHead>
      <div className="flex flex-col gap-3 px-4 pb-4 sm:px-6">
        <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <StatusWord status={summary.status} compact />
          <SummaryLine summary={summary} />
          <Amount sentBytes={summary.sentBytes} totalBytes={summary.totalBytes} />
        </div>
        {summary.files > 0 && (
          <Progress label={t('transfers.title')} sentBytes={summary.sentBytes} totalBytes={summary.totalBytes} />
        )}
        <Notices session={session} summary={summary} onDecide={() => setDeciding(true)} />
      </div>
      <FilterLinks engine={engine} current={show} />
      {items.length === 0 ? (
        <p className="border-line border-t px-4 py-6 text-muted sm:px-6">{t('transfers.noneHere')}</p>
      ) : (
        <TransferList engine={engine} items={items} selected={selected} onSelect={select} />
      )}
      {chosen.length > 0 && <SelectionBar engine={engine} chosen={chosen} onClear={() => setSelected(new Set())} />}
      <ConflictDialog engine={engine} isOpen={isDeciding} onClose={() => setDeciding(false)} />
    </div>
  );
}

function Amount({ sentBytes, totalBytes }: { readonly sentBytes: number; readonly totalBytes: number }) {
  const language = useLanguage();
  return (
    <span className="text-muted text-table sm:ml-auto">
      {t('transfers.amount', { sent: formatBytes(sentBytes, language), total: formatBytes(totalBytes, language) })}
    </span>
  );
}
