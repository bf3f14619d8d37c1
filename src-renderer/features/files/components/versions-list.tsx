import { Download, RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ObjectVersion } from '../../../../src-server/contract/object-versions.ts';
import { Button } from '../../../components/button.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { formatExactTime } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { failureOf } from '../../../lib/query-failure.ts';
import { download } from '../api/download.ts';
import { useObjectVersions, useRestore } from '../api/use-details.ts';
import type { FilesPlace } from '../extension.ts';
import { outcomeText } from '../outcome-text.ts';
import { DeleteVersionDialog } from './delete-version-dialog.tsx';

interface VersionsListProps {
  readonly place: FilesPlace;
  readonly objectKey: string;
}

/** Every version of one key, newest first, and what can be done with each. */
export function VersionsList({ place, objectKey }: VersionsListProps) {
  const { bucket } = place;
  const query = useObjectVersions(bucket, objectKey);
  const [deleting, setDeleting] = useState<ObjectVersion>();
  const failure = failureOf(query);
  if (failure !== null) return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <LoadingRows />;
  const versions = query.data.pages.flatMap((page) => page.versions);
  return (
    <>
      {place.versioning !== 'enabled' && <p className="pb-3 text-muted text-table">{t('files.versionsOff')}</p>}
      <ol aria-label={t('files.versions')} className="flex flex-col">
        {versions.map((version) => (
          <li key={version.versionId} className="flex flex-col gap-1 border-line border-b py-2 first:pt-0">
            <VersionLine place={place} objectKey={objectKey} version={version} onDelete={() => setDeleting(version)} />
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button look="quiet" isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {t('files.moreVersions')}
        </Button>
      )}
      <DeleteVersionDialog
        bucket={bucket}
        objectKey={objectKey}
        version={deleting}
        others={versions.length - 1}
        onClose={() => setDeleting(undefined)}
      />
    </>
  );
}

interface VersionLineProps extends VersionsListProps {
  readonly version: ObjectVersion;
  readonly onDelete: () => void;
}

function VersionLine({ place, objectKey, version, onDelete }: VersionLineProps) {
  const { bucket, mayWrite } = place;
  const language = useLanguage();
  const restore = useRestore(bucket);
  const { versionId, kind, isCurrent } = version;
  const when = formatExactTime(version.modifiedAtMs, language);
  const save = () => download(bucket, objectKey, versionId).catch((error: unknown) => toast('error', errorText(error)));
  const bringBack = () =>
    restore.mutate([kind === 'marker' ? { key: objectKey } : { key: objectKey, versionId }], {
      onSuccess: (outcome) =>
        outcome.failed.length === 0
          ? toast('note', t('files.restored', { count: 1 }))
          : toast('error', outcomeText(outcome)),
      onError: (error) => toast('error', errorText(error)),
    });
  return (
    <>
      <div className="flex items-baseline gap-2 text-table">
        <span className={`font-medium ${kind === 'marker' ? 'text-muted' : ''}`}>
          {kind === 'marker' ? t('files.deletedAt') : <Bytes bytes={version.sizeBytes} />}
        </span>
        <span className="text-muted">
          <Moment atMs={version.modifiedAtMs} />
        </span>
        {isCurrent && (
          <span className="ml-auto rounded-control bg-accent-soft px-1.5 text-caption">{t('files.current')}</span>
        )}
      </div>
      <code className="truncate font-mono text-caption text-muted" title={versionId}>
        {versionId}
      </code>
      <div className="-ml-2 flex flex-wrap">
        {kind === 'version' && (
          <Button look="quiet" small aria-label={t('files.downloadVersion', { when })} onPress={() => void save()}>
            <Download size={14} aria-hidden="true" /> {t('files.download')}
          </Button>
        )}
        {mayWrite && (kind === 'version') !== isCurrent && (
          <Button
            look="quiet"
            small
            aria-label={kind === 'marker' ? t('files.undelete') : t('files.restoreVersion', { when })}
            isPending={restore.isPending}
            onPress={bringBack}
          >
            <RotateCcw size={14} aria-hidden="true" /> {kind === 'marker' ? t('files.undelete') : t('files.restore')}
          </Button>
        )}
        {mayWrite && (
          <Button look="quiet" small aria-label={t('files.deleteVersionOf', { when })} onPress={onDelete}>
            <Trash2 size={14} aria-hidden="true" /> {t('files.delete')}
          </Button>
        )}
      </div>
    </>
  );
}
