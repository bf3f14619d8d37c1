import { Link } from '@tanstack/react-router';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { FILTERS, type Filter } from '../engine/filters.ts';
import type { TransferEngine } from '../engine/transfer-engine.ts';

/** Which transfers are shown stands in the address. */
export function FilterLinks({ engine, current }: { readonly engine: TransferEngine; readonly current: Filter }) {
  const language = useLanguage();
  return (
    <nav aria-label={t('transfers.filter')} className="flex gap-1 overflow-x-auto px-3 pb-2 sm:px-5">
      {FILTERS.map((filter) => (
        <Link
          key={filter}
          to="/transfers"
          search={{ show: filter }}
          replace
          aria-current={filter === current ? 'page' : undefined}
          className="flex h-8 shrink-0 items-center gap-2 rounded-control px-3 text-table hover:bg-sunken aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium"
        >
          {labelOf(filter)}
          <span className="text-muted">{formatCount(engine.book.count(filter), language)}</span>
        </Link>
      ))}
    </nav>
  );
}

function labelOf(filter: Filter): string {
  switch (filter) {
    case 'all':
      return t('transfers.filterAll');
    case 'active':
      return t('transfers.filterActive');
    case 'failed':
      return t('transfers.filterFailed');
    case 'done':
      return t('transfers.filterDone');
  }
}
