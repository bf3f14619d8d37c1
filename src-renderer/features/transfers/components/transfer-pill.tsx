import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { StatusWord } from '../../../components/status-word.tsx';
import { desktop } from '../../../lib/desktop.ts';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useEngine } from '../hooks/use-engine.ts';
import type { TransferSession } from '../session.ts';
import { summaryOf } from '../summary.ts';

/** Live speed, or how many files are not through; leads to the page. Nothing once all are. */
export function TransferPill({ session }: { readonly session: TransferSession }) {
  useEngine(session.engine);
  const language = useLanguage();
  const summary = summaryOf(session);
  const open = summary.files - summary.stored;
  useEffect(() => {
    void desktop?.reportTransfers({ active: open, bytesPerSecond: summary.bytesPerSecond ?? 0 });
  }, [open, summary.bytesPerSecond]);
  if (open === 0) return null;
  const speed = summary.bytesPerSecond;
  const text =
    speed !== undefined
      ? t('transfers.speed', { size: formatBytes(speed, language) })
      : summary.failed === open
        ? t('transfers.failed', { count: open })
        : t('transfers.open', { count: open });
  return (
    <Link
      to="/transfers"
      aria-label={`${t('transfers.title')}: ${text}`}
      className="flex h-7 shrink-0 items-center gap-2 rounded-full border border-line bg-surface px-3 text-table hover:bg-sunken"
    >
      <StatusWord status={summary.status} compact />
      <span>{text}</span>
    </Link>
  );
}
