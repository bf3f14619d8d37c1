import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import type { PaceLimit } from '../engine/quiet-hours.ts';
import { formatDuration } from '../format.ts';
import type { Summary } from '../summary.ts';

/** `14 of 2,310 files stored · 61 MB/s · about 9 min`: what is not known is left out. */
export function SummaryLine({ summary }: { readonly summary: Summary }) {
  const language = useLanguage();
  const { files, isLooking, stored, failed, bytesPerSecond, remainingMs, hold, limit, paused, active } = summary;
  const count = new Intl.NumberFormat(language);
  const given = { count: files, total: count.format(files), stored: count.format(stored) };
  const parts = files === 0 ? [] : [t('transfers.stored', given)];
  if (isLooking) parts.push(t('transfers.looking'));
  if (failed > 0) parts.push(t('transfers.failed', { count: failed }));
  if (bytesPerSecond !== undefined) parts.push(t('transfers.speed', { size: formatBytes(bytesPerSecond, language) }));
  if (remainingMs !== undefined) parts.push(t('transfers.about', { time: formatDuration(remainingMs, language) }));
  if (active > 0 && limit.bytesPerSecond !== undefined) parts.push(heldText(limit, language));
  if (active > 0 && hold.kind === 'offline') parts.push(t('transfers.offline'));
  if (active === 0 && paused > 0) parts.push(t('transfers.pausedCount', { count: paused }));
  if (parts.length === 0) parts.push(t('transfers.unfinished'));
  return <span className="min-w-0 text-table">{parts.join(' · ')}</span>;
}

/** `held to 2 MB/s until 18:00`; the day too, where that is not today. */
function heldText({ bytesPerSecond, untilMs }: PaceLimit, language: string): string {
  const rate = formatBytes(bytesPerSecond ?? 0, language);
  if (untilMs === undefined) return t('transfers.held', { rate });
  const until = new Date(untilMs);
  const isToday = until.toDateString() === new Date().toDateString();
  const time = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(isToday ? {} : { weekday: 'short' }),
  }).format(until);
  return t('transfers.heldUntil', { rate, time });
}
