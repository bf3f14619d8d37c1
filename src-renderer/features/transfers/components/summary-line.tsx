import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { formatDuration } from '../format.ts';
import type { Summary } from '../summary.ts';

/** `14 of 2,310 files stored · 61 MB/s · about 9 min`: what is not known is left out. */
export function SummaryLine({ summary }: { readonly summary: Summary }) {
  const language = useLanguage();
  const { files, stored, failed, bytesPerSecond, remainingMs, hold, paused, active } = summary;
  const count = new Intl.NumberFormat(language);
  const parts = [t('transfers.stored', { count: files, total: count.format(files), stored: count.format(stored) })];
  if (failed > 0) parts.push(t('transfers.failed', { count: failed }));
  if (bytesPerSecond !== undefined) parts.push(t('transfers.speed', { size: formatBytes(bytesPerSecond, language) }));
  if (remainingMs !== undefined) parts.push(t('transfers.about', { time: formatDuration(remainingMs, language) }));
  if (active > 0 && hold.kind === 'offline') parts.push(t('transfers.offline'));
  if (active === 0 && paused > 0) parts.push(t('transfers.pausedCount', { count: paused }));
  return <span className="min-w-0 text-table">{parts.join(' · ')}</span>;
}
