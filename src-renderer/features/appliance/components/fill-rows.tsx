import { Link } from '@tanstack/react-router';
import { Bytes } from '../../../components/moment.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';

export interface FillRow {
  readonly id: string;
  readonly name: string;
  /** Bucket and folder, ending with `/`, that it opens; absent where there is nothing to look into. */
  readonly place?: string;
  readonly count: number;
  readonly bytes: number;
}

interface FillRowsProps {
  readonly label: string;
  /** What a row is, and what is counted. */
  readonly heads: readonly [name: string, count: string];
  readonly rows: readonly FillRow[];
  readonly totalBytes: number;
}

/** Parts of a whole, each with its share as a bar and as a number. They add up. */
export function FillRows({ label, heads, rows, totalBytes }: FillRowsProps) {
  const language = useLanguage();
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <table aria-label={label} className="w-full border-line border-t text-table">
      <thead>
        <tr className="h-9 bg-sunken text-left text-caption text-muted">
          <th scope="col" className="px-3 font-medium">
            {heads[0]}
          </th>
          <th scope="col" className="w-24 px-3 text-right font-medium">
            {heads[1]}
          </th>
          <th scope="col" className="w-24 px-3 text-right font-medium">
            {t('common.size')}
          </th>
          <th scope="col" className="w-20 px-3 text-right font-medium sm:w-60">
            {t('storage.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name, place, count, bytes }) => {
          const share = totalBytes === 0 ? 0 : bytes / totalBytes;
          return (
            <tr key={id} className={`h-9 border-line border-b ${place === undefined ? 'text-muted' : ''}`}>
              <td className="max-w-0 truncate px-3">
                {place === undefined ? name : <FillLink place={place} name={name} />}
              </td>
              <td className="px-3 text-right">{formatCount(count, language)}</td>
              <td className="px-3 text-right">
                <Bytes bytes={bytes} />
              </td>
              <td className="px-3">
                <span className="flex items-center justify-end gap-3">
                  <span
                    aria-hidden="true"
                    className="hidden h-2 flex-1 overflow-hidden rounded-[2px] bg-sunken sm:block"
                  >
                    <span className="block h-full bg-series-1" style={{ width: `${share * 100}%` }} />
                  </span>
                  <span className="w-14 text-right">{percent.format(share)}</span>
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function FillLink({ place, name }: { readonly place: string; readonly name: string }) {
  return (
    <Link
      to="/storage"
      search={(now) => ({ ...now, in: place })}
      resetScroll={false}
      className="font-medium hover:underline"
    >
      {name}
    </Link>
  );
}
