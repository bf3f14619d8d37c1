import { Columns2, Download, Eye, RotateCcw, Trash2 } from 'lucide-react';
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
import { comparedWith, type VersionView, VersionViews } from './version-views.tsx';

interface VersionsListProps {
  readonly place: FilesPlace;
  readonly objectKey: string;
}

/** Every version of one key, newest first, and what can be done with each. */
export function VersionsList({ place, objectKey }: VersionsListProps) {
  const { bucket } = place;
  const query = useObjectVersions(bucket, objectKey);
  const [deleting, setDeleting] = useState<ObjectVersion>();
  const [view, setView] = useState<VersionView>();
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
            <VersionLine
              place={place}
              objectKey={objectKey}
              version={version}
              isCompared={version.kind === 'version' && comparedWith(versions, version) !== undefined}
              onView={setView}
              onDelete={() => setDeleting(version)}
            />
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button look="quiet" isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {t('files.moreVersions')}
        </Button>
      )}
      <VersionViews bucket={bucket} objectKey={objectKey} versions={versions} view={view} onView={setView} />
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
  /** Is there a newer one to compare it with? */
  readonly isCompared: boolean;
  readonly onView: (view: VersionView) => void;
  readonly onDelete: () => void;
}

function VersionLine(props: VersionLineProps) {
  const { version, onView } = props;
  const { versionId, kind, isCurrent } = version;
  const language = useLanguage();
  const when = formatExactTime(version.modifiedAtMs, language);
  return (
    <>
      <div className="flex items-baseline gap-2 text-table">
        {kind === 'marker' ? (
          <span className="font-medium text-muted">{t('files.deletedAt')}</span>
        ) : (
          // The button below says the same to the keyboard.
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above
          // biome-ignore lint/a11y/noStaticElementInteractions: as above
          <span className="font-medium hover:underline" onClick={() => onView({ kind: 'preview', version })}>
            <Bytes bytes={version.sizeBytes} />
          </span>
        )}
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
      <VersionActions {...props} when={when} />
    </>
  );
}

function VersionActions(props: VersionLineProps & { readonly when: string }) {
  const { place, objectKey, version, isCompared, onView, onDelete, when } = props;
  const { bucket, mayWrite } = place;
  const restore = useRestore(bucket);
  const { versionId, kind, isCurrent } = version;
  const save = () => download(bucket, objectKey, versionId).catch((error: unknown) => toast('error', errorText(error)));
  const bringBack = () =>
    restore.mutate([kind === 'marker' ? { key: objectKey } : { key: objectKey, versionId }], {
      onSuccess: (outcome) =>
        outcome.failed.length === 0
          ? toast('note', t('files.restored', { count: 1 }))
          : toast('error', outcomeText(outcome)),
      onError: (error) => toast('error', errorText(error)),
    });
  const look = { look: 'quiet', small: true } as const;
  return (
    <div className="-ml-2 flex flex-wrap">
      {kind === 'version' && (
        <Button
          {...look}
          aria-label={t('files.previewVersion', { when })}
          onPress={() => onView({ kind: 'preview', version })}
        >
          <Eye size={14} aria-hidden="true" /> {t('files.preview')}
        </Button>
      )}
      {isCompared && (
        <Button
          {...look}
          aria-label={t('files.compareVersion', { when })}
          onPress={() => onView({ kind: 'compare', version })}
        >
          <Columns2 size={14} aria-hidden="true" /> {t('files.compare')}
        </Button>
      )}
      {kind === 'version' && (
        <Button {...look} aria-label={t('files.downloadVersion', { when })} onPress={() => void save()}>
          <Download size={14} aria-hidden="true" /> {t('files.download')}
        </Button>
      )}
      {mayWrite && (kind === 'version') !== isCurrent && (
        <Button
          {...look}
          aria-label={kind === 'marker' ? t('files.undelete') : t('files.restoreVersion', { when })}
          isPending={restore.isPending}
          onPress={bringBack}
        >
          <RotateCcw size={14} aria-hidden="true" /> {kind === 'marker' ? t('files.undelete') : t('files.restore')}
        </Button>
      )}
      {mayWrite && (
        <Button {...look} aria-label={t('files.deleteVersionOf', { when })} onPress={onDelete}>
          <Trash2 size={14} aria-hidden="true" /> {t('files.delete')}
        </Button>
      )}
    </div>
  );
}
