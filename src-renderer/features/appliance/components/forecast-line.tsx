import type { ForecastView } from '../../../../src-server/contract/overview.ts';
import { formatBytes } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';

/** When the disks will be full, with its range; or why nobody can say. */
export function ForecastLine({ forecast }: { readonly forecast: ForecastView }) {
  const language = useLanguage();
  const date = (atMs: number, withYear = false) =>
    new Intl.DateTimeFormat(language, {
      day: 'numeric',
      month: 'short',
      ...(withYear ? { year: 'numeric' } : {}),
    }).format(atMs);
  switch (forecast.kind) {
    case 'not-enough-history':
      return (
        <p className="text-muted">{t('home.forecastUnknown', { days: forecast.days, wanted: forecast.daysWanted })}</p>
      );
    case 'not-growing':
      return <p className="text-muted">{t('home.forecastStill')}</p>;
    case 'far-away':
      return (
        <p className="text-muted">{t('home.forecastFar', { growth: formatBytes(forecast.bytesPerDay, language) })}</p>
      );
    case 'full-at': {
      const { atMs, earliestMs, latestMs, bytesPerDay } = forecast;
      const latest = latestMs === null ? t('home.forecastNever') : date(latestMs);
      return (
        <p>
          {t('home.forecastFull', { date: date(atMs, true), from: date(earliestMs), until: latest })}{' '}
          <span className="text-muted">{t('home.forecastGrowth', { growth: formatBytes(bytesPerDay, language) })}</span>
        </p>
      );
    }
  }
}
