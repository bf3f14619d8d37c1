import type { NowView } from '../../../../src-server/contract/overview.ts';
import { formatBytes, formatNumber } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useNow } from '../api/use-overview.ts';

/** What happens now: the last ten seconds, a second. */
export function NowLine({ now: asked }: { readonly now: NowView | null }) {
  const now = useNow(asked);
  const language = useLanguage();
  if (now === null) return <p className="text-muted">{t('home.nowSoon')}</p>;
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(now.atMs);
  const ms = (value: number | null) => (value === null ? '–' : `${formatNumber(value, language)} ms`);
  return (
    <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span className="font-semibold text-section">{t('home.now')}</span>
      <span>{t('home.nowIn', { rate: formatBytes(now.bytesIn, language) })}</span>
      <span>{t('home.nowOut', { rate: formatBytes(now.bytesOut, language) })}</span>
      <span>{t('home.nowRequests', { rate: formatNumber(now.requests, language) })}</span>
      <span>{t('home.nowLatency', { p50: ms(now.p50), p99: ms(now.p99) })}</span>
      <span className="text-caption text-muted">{t('home.asOf', { time })}</span>
    </p>
  );
}
