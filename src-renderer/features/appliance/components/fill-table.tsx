import { Link } from '@tanstack/react-router';
import type { OverviewView } from '../../../../src-server/contract/overview.ts';
import { Bytes } from '../../../components/moment.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';

const SHOWN = 20;

/** The buckets that hold most, each with its share; the rest in one line, so that it adds up. */
export function FillTable({
  buckets,
  stored,
}: Pick<OverviewView, 'stored'> & { readonly buckets: OverviewView['largestBuckets'] }) {
  const language = useLanguage();
  if (buckets.length === 0) return null;
  const shown = buckets.slice(0, SHOWN);
  const rest = {
    count: stored.buckets - shown.length,
    bytes: stored.bytes - shown.reduce((sum, { bytes }) => sum + bytes, 0),
    objects: stored.objects - shown.reduce((sum, { objects }) => sum + objects, 0),
  };
  const share = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const shareOf = (bytes: number) => share.format(stored.bytes === 0 ? 0 : bytes / stored.bytes);
  return (
    <section aria-labelledby="fill-title" className="flex flex-col gap-3">
      <h2 id="fill-title" className="font-semibold text-section">
        {t('storage.fill')}
      </h2>
      <p className="max-w-180 text-muted">{t('storage.fillText')}</p>
      <table className="w-full border-line border-t text-table">
        <FillHead />
        <tbody>
          {shown.map(({ name, bytes, objects }) => (
            <tr key={name} className="h-9 border-line border-b">
              <td className="max-w-0 truncate px-3">
                <Link
                  to="/files/$bucket/$"
                  params={{ bucket: name, _splat: '' }}
                  className="font-medium hover:underline"
                >
                  {name}
                </Link>
              </td>
              <td className="px-3 text-right">{formatCount(objects, language)}</td>
              <td className="px-3 text-right">
                <Bytes bytes={bytes} />
              </td>
              <td className="px-3 text-right">{shareOf(bytes)}</td>
            </tr>
          ))}
          {rest.count > 0 && (
            <tr className="h-9 border-line border-b text-muted">
              <td className="px-3">{t('storage.rest', { count: rest.count })}</td>
              <td className="px-3 text-right">{formatCount(rest.objects, language)}</td>
              <td className="px-3 text-right">
                <Bytes bytes={rest.bytes} />
              </td>
              <td className="px-3 text-right">{shareOf(rest.bytes)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function FillHead() {
  return (
    <thead>
      <tr className="h-9 bg-sunken text-left text-caption text-muted">
        <th scope="col" className="px-3 font-medium">
          {t('storage.bucket')}
        </th>
        <th scope="col" className="w-24 px-3 text-right font-medium">
          {t('storage.objects')}
        </th>
        <th scope="col" className="w-24 px-3 text-right font-medium">
          {t('common.size')}
        </th>
        <th scope="col" className="w-20 px-3 text-right font-medium">
          {t('storage.share')}
        </th>
      </tr>
    </thead>
  );
}
