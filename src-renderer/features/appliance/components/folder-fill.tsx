import { Link } from '@tanstack/react-router';
import type { FolderUsage } from '../../../../src-server/contract/folder-usage.ts';
import { Bytes } from '../../../components/moment.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { splatOf } from '../../../lib/file-address.ts';
import { t } from '../../../lib/i18n.ts';
import { useFolderUsage } from '../api/use-folder-usage.ts';
import { type FillRow, FillRows } from './fill-rows.tsx';

const LINK = 'text-accent hover:underline';

/** What fills a folder, by the folders in it. `place` is bucket and prefix, ending with `/`. */
export function FolderFill({ place }: { readonly place: string }) {
  const bucket = place.slice(0, place.indexOf('/'));
  const prefix = place.slice(bucket.length + 1);
  const usage = useFolderUsage(bucket, prefix);
  return (
    <>
      <Way bucket={bucket} prefix={prefix} />
      {usage.isPending && <LoadingRows />}
      {usage.isError && <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.data !== undefined && <Parts place={place} usage={usage.data} />}
    </>
  );
}

/** Where this is, each step a link back. */
function Way({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }) {
  const names = prefix.split('/').slice(0, -1);
  const steps = [bucket, ...names].map((name, at) => ({
    name,
    place: `${[bucket, ...names].slice(0, at + 1).join('/')}/`,
  }));
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
      <nav aria-label={t('storage.fillWhere')} className="flex min-w-0 flex-wrap items-center gap-x-1.5">
        <Link to="/storage" search={(now) => ({ ...now, in: undefined })} resetScroll={false} className={LINK}>
          {t('storage.allBuckets')}
        </Link>
        {steps.map(({ name, place }, at) => (
          <span key={place} className="flex min-w-0 items-center gap-1.5">
            <span aria-hidden="true" className="text-muted">
              /
            </span>
            {at === steps.length - 1 ? (
              <span aria-current="page" className="truncate font-medium">
                {name}
              </span>
            ) : (
              <Link
                to="/storage"
                search={(now) => ({ ...now, in: place })}
                resetScroll={false}
                className={`truncate ${LINK}`}
              >
                {name}
              </Link>
            )}
          </span>
        ))}
      </nav>
      <Link to="/files/$bucket/$" params={{ bucket, _splat: splatOf(prefix) }} className={LINK}>
        {t('storage.openFiles')}
      </Link>
    </div>
  );
}

function Parts({ place, usage }: { readonly place: string; readonly usage: FolderUsage }) {
  const { folders, others, files, totalBytes, totalVersions, isComplete } = usage;
  if (totalVersions === 0) return <p className="text-muted">{t('storage.fillEmpty')}</p>;
  const rows = folders.map(({ name, bytes, versions }): FillRow => {
    return { id: name, name: name === '/' ? name : name.slice(0, -1), place: place + name, count: versions, bytes };
  });
  const more = t('storage.otherFolders', { count: others.folders });
  if (others.folders > 0) rows.push({ id: '', name: more, count: others.versions, bytes: others.bytes });
  if (files.versions > 0) {
    rows.push({ id: '/', name: t('storage.filesHere'), count: files.versions, bytes: files.bytes });
  }
  return (
    <>
      <p className="max-w-180">
        <Bytes bytes={totalBytes} />. <span className="text-muted">{t('storage.fillFolderText')}</span>
      </p>
      {!isComplete && (
        <p>
          <span aria-hidden="true" className="text-attention">
            ▲
          </span>{' '}
          {t('storage.fillPart')}
        </p>
      )}
      <FillRows
        label={t('storage.fill')}
        heads={[t('storage.folder'), t('storage.versions')]}
        rows={rows}
        totalBytes={totalBytes}
      />
    </>
  );
}
