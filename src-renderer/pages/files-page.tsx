import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { Selection } from 'react-aria-components';
import type { FolderEntry } from '../../src-server/contract/objects.ts';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { useBuckets } from '../features/buckets/api/use-buckets.ts';
import type { FilesSearch } from '../features/files/address.ts';
import { useFolder, useFolderChanged } from '../features/files/api/use-folder.ts';
import { BulkBar } from '../features/files/components/bulk-bar.tsx';
import { DetailsPanel } from '../features/files/components/details-panel.tsx';
import { FileList } from '../features/files/components/file-list.tsx';
import { UploadButton } from '../features/files/components/upload-button.tsx';
import { entryId, nameOf } from '../features/files/entry.ts';
import type { FilesPlace, PreviewNeighbours } from '../features/files/extension.ts';
import { useFileDrop } from '../features/files/hooks/use-file-drop.ts';
import { prefixOf } from '../lib/file-address.ts';
import { t } from '../lib/i18n.ts';
import { useFilesExtensions } from './files-extensions.ts';

/** A folder of a bucket; which one stands in the address. */
export function FilesPage() {
  const { bucket, _splat = '' } = useParams({ from: '/frame/files/$bucket/$' });
  const prefix = prefixOf(_splat);
  const summary = useBuckets().data?.find(({ name }) => name === bucket);
  const place = { bucket, prefix, mayWrite: summary?.mayWrite ?? false, versioning: summary?.versioning ?? 'off' };
  return <FolderView key={`${bucket}/${prefix}`} place={place} />;
}

function FolderView({ place }: { readonly place: FilesPlace }) {
  const { bucket, prefix, mayWrite } = place;
  const search = useSearch({ from: '/frame/files/$bucket/$' });
  const navigate = useNavigate({ from: '/files/$bucket/$' });
  const show = (changes: Partial<FilesSearch>) => void navigate({ search: { ...search, ...changes }, replace: true });
  const folder = useFolder(bucket, prefix);
  const folderChanged = useFolderChanged(bucket);
  const [selected, setSelected] = useState<Selection>(new Set());
  const clear = () => setSelected(new Set());
  const changed = () => {
    clear();
    folderChanged();
  };
  const extensions = useFilesExtensions({ place, changed });
  const drop = useFileDrop(place, mayWrite);
  const entries = folder.data?.pages.flatMap((page) => page.entries) ?? [];
  const items = entries.filter((entry) => selected === 'all' || selected.has(entryId(entry)));
  const shown = entries.find((entry) => entryId(entry) === search.item);
  const open = (entry: FolderEntry) => {
    if (extensions.openPreview !== undefined) extensions.openPreview(entry, neighboursOf(entry, entries));
    else show({ item: entryId(entry) });
  };
  return (
    <div className="flex min-h-0 flex-1">
      <div
        className={`min-h-0 min-w-0 flex-1 flex-col ${shown === undefined ? 'flex' : 'hidden md:flex'} ${drop.isOver ? 'bg-accent-soft' : ''}`}
        {...drop.handlers}
      >
        <PageHead title={prefix === '' ? bucket : (prefix.split('/').at(-2) ?? bucket)}>
          {extensions.toolbar}
          {mayWrite && folder.isSuccess && <UploadButton bucket={bucket} prefix={prefix} />}
        </PageHead>
        {folder.isPending && <LoadingRows />}
        {folder.isError && <ErrorState error={folder.error} onRetry={() => void folder.refetch()} />}
        {folder.isSuccess && entries.length === 0 && <NothingHere mayWrite={mayWrite} />}
        {entries.length > 0 && (
          <FileList
            bucket={bucket}
            prefix={prefix}
            entries={entries}
            selected={selected}
            onSelect={setSelected}
            actions={extensions.actions}
            onOpen={open}
            thumbnail={extensions.thumbnail}
            hasMore={folder.hasNextPage}
            isLoadingMore={folder.isFetchingNextPage}
            onLoadMore={() => void folder.fetchNextPage()}
          />
        )}
        {items.length > 0 && <BulkBar target={{ kind: 'items', items }} actions={extensions.actions} onClear={clear} />}
        {extensions.elements}
      </div>
      {shown !== undefined && (
        <DetailsPanel
          entry={shown}
          name={nameOf(shown, prefix)}
          tabs={extensions.tabs}
          tab={search.tab}
          onTab={(tab) => show({ tab })}
          onClose={() => show({ item: undefined, tab: undefined })}
        />
      )}
    </div>
  );
}

function neighboursOf(entry: FolderEntry, entries: readonly FolderEntry[]): PreviewNeighbours {
  const files = entries.filter(({ kind }) => kind === 'file');
  let at = files.indexOf(entry);
  const step = async (by: 1 | -1) => {
    const next = files[at + by];
    if (next !== undefined) at += by;
    return next;
  };
  return { step };
}

function NothingHere({ mayWrite }: { readonly mayWrite: boolean }) {
  return (
    <EmptyState title={t('files.emptyTitle')} text={mayWrite ? t('files.emptyText') : t('files.emptyTextOther')} />
  );
}
