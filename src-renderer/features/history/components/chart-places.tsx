import { t } from '../../../lib/i18n.ts';

/** Where the charts will be: nothing moves when they come. */
export function ChartPlaces() {
  return (
    <div role="status" aria-label={t('common.loading')} className="grid gap-3 xl:grid-cols-3">
      {[0, 1, 2].map((place) => (
        <div key={place} className="h-64 rounded-control border border-line bg-surface" />
      ))}
    </div>
  );
}
