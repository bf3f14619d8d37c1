import type { OverviewView } from '../../../../src-server/contract/overview.ts';
import { Bytes } from '../../../components/moment.tsx';
import { t } from '../../../lib/i18n.ts';

type Parts = OverviewView['capacity'];

const PARTS = [
  { name: 'dataBytes', fill: 'bg-series-1' },
  { name: 'overheadBytes', fill: 'bg-series-2' },
  { name: 'otherBytes', fill: 'bg-series-6' },
  { name: 'freeBytes', fill: 'bg-sunken' },
] as const;

/** A bar whose parts add up to the whole, each named with its size. */
export function CapacityBar({ parts, compact = false }: { readonly parts: Parts; readonly compact?: boolean }) {
  return (
    <div className="flex flex-col gap-2">
      <div
        role="img"
        aria-label={t('home.barLabel', { share: usedPercent(parts) })}
        className={`flex w-full overflow-hidden rounded-control border border-line-strong bg-sunken ${compact ? 'h-2.5' : 'h-4'}`}
      >
        {PARTS.slice(0, 3).map(({ name, fill }) => (
          <span
            key={name}
            className={`${fill} border-surface border-r last:border-r-0`}
            style={{ width: width(parts[name], parts.totalBytes) }}
          />
        ))}
      </div>
      {!compact && (
        <ul className="flex flex-wrap gap-x-5 gap-y-1 text-table">
          {PARTS.map(({ name, fill }) => (
            <li key={name} className="flex items-center gap-1.5 whitespace-nowrap" data-part={name}>
              <span aria-hidden="true" className={`size-2.5 rounded-xs border border-line-strong ${fill}`} />
              <span className="text-muted">{partName(name)}</span> <Bytes bytes={parts[name]} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function usedPercent({ totalBytes, freeBytes }: Parts): number {
  return totalBytes === 0 ? 0 : Math.round(((totalBytes - freeBytes) / totalBytes) * 100);
}

/** What is there is seen: half a percent at least. */
function width(bytes: number, totalBytes: number): string {
  if (bytes <= 0 || totalBytes === 0) return '0';
  return `${Math.max(0.5, (bytes / totalBytes) * 100)}%`;
}

function partName(name: (typeof PARTS)[number]['name']): string {
  switch (name) {
    case 'dataBytes':
      return t('home.partData');
    case 'overheadBytes':
      return t('home.partOverhead');
    case 'otherBytes':
      return t('home.partOther');
    case 'freeBytes':
      return t('home.partFree');
  }
}
