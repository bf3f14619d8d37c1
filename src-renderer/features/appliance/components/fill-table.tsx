import type { OverviewView } from '../../../../src-server/contract/overview.ts';
import { t } from '../../../lib/i18n.ts';
import { type FillRow, FillRows } from './fill-rows.tsx';
import { FolderFill } from './folder-fill.tsx';

const SHOWN = 20;

interface FillTableProps extends Pick<OverviewView, 'stored'> {
  readonly buckets: OverviewView['largestBuckets'];
  /** `bucket/folder/` that is looked into; absent: all buckets. */
  readonly place: string | undefined;
}

/** What fills the disks: the buckets that hold most, and by a press the folders of each. */
export function FillTable({ buckets, stored, place }: FillTableProps) {
  if (buckets.length === 0) return null;
  return (
    <section aria-labelledby="fill-title" className="flex flex-col gap-3">
      <h2 id="fill-title" className="font-semibold text-section">
        {t('storage.fill')}
      </h2>
      {place === undefined ? <Buckets buckets={buckets} stored={stored} /> : <FolderFill place={place} />}
    </section>
  );
}

/** The rest in one line, so that it adds up. */
function Buckets({ buckets, stored }: Omit<FillTableProps, 'place'>) {
  const shown = buckets.slice(0, SHOWN);
  const rest = stored.buckets - shown.length;
  const sum = (of: 'bytes' | 'objects') => shown.reduce((total, bucket) => total + bucket[of], 0);
  const rows = shown.map(({ name, bytes, objects }): FillRow => {
    return { id: name, name, place: `${name}/`, count: objects, bytes };
  });
  if (rest > 0) {
    const others = { count: stored.objects - sum('objects'), bytes: stored.bytes - sum('bytes') };
    rows.push({ id: '/', name: t('storage.rest', { count: rest }), ...others });
  }
  return (
    <>
      <p className="max-w-180 text-muted">{t('storage.fillText')}</p>
      <FillRows
        label={t('storage.fill')}
        heads={[t('storage.bucket'), t('storage.objects')]}
        rows={rows}
        totalBytes={stored.bytes}
      />
    </>
  );
}
