import { Link, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { useBuckets } from '../features/buckets/api/use-buckets.ts';
import { type FilesSearch, hasConditions, NO_CONDITIONS } from '../features/files/address.ts';
import { useFolderChanged } from '../features/files/api/use-folder.ts';
import { useFolderRows } from '../features/files/api/use-rows.ts';
import { BulkBar } from '../features/files/components/bulk-bar.tsx';
import { DetailsPanel } from '../features/files/components/details-panel.tsx';
import { FilesGrid } from '../features/files/components/files-grid.tsx';
import { FilesTiles } from '../features/files/components/files-tiles.tsx';
import { ListFoot } from '../features/files/components/list-foot.tsx';
import { SearchBar } from '../features/files/components/search-bar.tsx';
import { UploadButton } from '../features/files/components/upload-button.tsx';
import { entryId, nameOf } from '../features/files/entry.ts';
import type { FilesExtensions, FilesPlace, PreviewNeighbours } from '../features/files/extension.ts';
import { useDragOut } from '../features/files/hooks/use-drag-out.ts';
import { useFileDrop } from '../features/files/hooks/use-file-drop.ts';
import { useFilesAddress } from '../features/files/hooks/use-files-address.ts';
import { entryOf, useFilesList } from '../features/files/hooks/use-files-list.ts';
import { useShownEntry } from '../features/files/hooks/use-shown-entry.ts';
import type { ListRow, RowStore } from '../features/files/rows/row-store.ts';
import { isEmpty, targetOf } from '../features/files/selection.ts';
import { shownName } from '../features/files/shown-name.ts';
import { parentOf, prefixOf } from '../lib/file-address.ts';
import { t } from '../lib/i18n.ts';
import { failureOf } from '../lib/query-failure.ts';
import { useFilesExtensions } from './files-extensions.ts';

/** A folder of a bucket; which one, and how it is looked at, stands in the address. */
export function FilesPage() {
  const { bucket, _splat = '' } = useParams({ from: '/frame/files/$bucket/$' });
  const prefix = prefixOf(_splat);
  const summary = useBuckets().data?.find(({ name }) => name === bucket);
  const mayWrite = summary?.mayWrite ?? false;
  const versioning = summary?.versioning ?? 'off';
  const place = useMemo(() => ({ bucket, prefix, mayWrite, versioning }), [bucket, prefix, mayWrite, versioning]);
  const { at } = useSearch({ from: '/frame/files/$bucket/$' });
  if (at === undefined) return <FolderView key={`${bucket}/${prefix}`} place={place} />;
  return (
    <Suspense fallback={<LoadingRows />}>
      <PastFolder key={`${bucket}/${prefix}`} place={place} title={titleOf(place)} atMs={at} />
    </Suspense>
  );
}

const PastFolder = lazy(async () => ({ default: (await import('../features/past/past-folder.tsx')).PastFolder }));

function titleOf({ bucket, prefix }: FilesPlace): string {
  return shownName(prefix === '' ? bucket : nameOf({ kind: 'folder', prefix }, parentOf(prefix)));
}

function FolderView({ place }: { readonly place: FilesPlace }) {
  const { bucket, prefix, mayWrite } = place;
  const address = useFilesAddress(bucket);
  const { search } = address;
  const isSearching = hasConditions(search);
  const rows = useFolderRows(bucket, prefix, search, search.deleted === true && !isSearching);
  const list = useFilesList(rows.store, !isSearching);
  const shown = useShownEntry(rows.store, list, prefix, search.item);
  const folderChanged = useFolderChanged(bucket);
  const changed = () => {
    list.clear();
    void folderChanged();
  };
  const extensions = useFilesExtensions({
    place,
    changed,
    showDetails: (entry) => address.change({ item: entryId(entry), tab: undefined }),
  });
  const drop = useFileDrop(place, mayWrite);
  const dragOut = useDragOut(bucket);
  return (
    <div className="flex min-h-0 flex-1">
      <div
        className={`min-h-0 min-w-0 flex-1 flex-col overflow-y-auto ${shown === undefined ? 'flex' : 'hidden md:flex'} ${drop.isOver ? 'bg-accent-soft' : ''}`}
        {...drop.handlers}
        {...dragOut}
      >
        <PageHead title={titleOf(place)}>
          {extensions.toolbar}
          {mayWrite && rows.store !== undefined && <UploadButton bucket={bucket} prefix={prefix} />}
        </PageHead>
        <FolderBody place={place} address={address} rows={rows} list={list} extensions={extensions} />
        {extensions.elements}
      </div>
      {shown !== undefined && (
        <DetailsPanel
          entry={shown}
          name={shownName(nameOf(shown, parentOf(shown.kind === 'folder' ? shown.prefix : shown.key)))}
          tabs={extensions.tabs}
          tab={search.tab}
          onTab={(tab) => address.change({ tab })}
          onClose={() => address.change({ item: undefined, tab: undefined })}
        />
      )}
    </div>
  );
}

interface FolderBodyProps {
  readonly place: FilesPlace;
  readonly address: ReturnType<typeof useFilesAddress>;
  readonly rows: ReturnType<typeof useFolderRows>;
  readonly list: ReturnType<typeof useFilesList>;
  readonly extensions: FilesExtensions;
}

/** Search, list and what stands below it; or why there is no list. */
function FolderBody({ place, address, rows, list, extensions }: FolderBodyProps) {
  const { prefix, mayWrite } = place;
  const { search, change } = address;
  const { query, store, head } = rows;
  const isSearching = hasConditions(search);
  const failure = failureOf(query);
  const selectTarget = targetOf(list.selection, prefix, list.total);
  const leave = () => {
    if (!isEmpty(list.selection)) list.clear();
    else if (search.item !== undefined) change({ item: undefined, tab: undefined });
    else if (isSearching) change(NO_CONDITIONS, false);
  };
  const show = (row: ListRow) => {
    const [entry] = entryOf(row);
    if (entry !== undefined) change({ item: entryId(entry) });
  };
  const open = (row: ListRow, index: number) => {
    const [entry] = entryOf(row);
    if (entry?.kind === 'folder') return address.goTo(entry.prefix);
    if (entry?.kind !== 'file' || store === undefined || extensions.openPreview === undefined) return show(row);
    extensions.openPreview(entry, neighboursOf(index, store, list.move));
  };
  const Files = search.view === 'grid' ? FilesTiles : FilesGrid;
  return (
    <>
      {failure === null && (
        <SearchBar
          label={t('files.searchIn', { name: shownName(prefix === '' ? place.bucket : prefix) })}
          search={search}
          onChange={(changes) => change(changes, hasConditions(search))}
          keepsVersions={place.versioning !== 'off'}
          hasViews
        />
      )}
      {query.isPending && <LoadingRows />}
      {failure !== null && <ErrorState error={failure} onRetry={() => void query.refetch()} />}
      {head?.isComplete === true && head.total === 0 && failure === null && (
        <Nothing isSearching={isSearching} mayWrite={mayWrite} />
      )}
      {store !== undefined && list.total > 0 && failure === null && (
        <Files
          store={store}
          list={list}
          prefix={prefix}
          search={search}
          actions={extensions.actions}
          thumbnail={extensions.thumbnail}
          shownId={search.item}
          onSort={address.sortBy}
          onOpen={open}
          onShow={(row, _, isPress) => {
            if (isPress || search.item !== undefined) show(row);
          }}
          onUp={() => prefix !== '' && address.goTo(parentOf(prefix))}
          onEscape={leave}
        />
      )}
      {selectTarget !== undefined && (
        <BulkBar target={selectTarget} actions={extensions.actions} onClear={list.clear} />
      )}
      {head !== undefined && (list.total > 0 || isSearching) && selectTarget === undefined && failure === null && (
        <ListFoot head={head}>{isSearching && <SearchFurther place={place} search={search} />}</ListFoot>
      )}
    </>
  );
}

function Nothing({ isSearching, mayWrite }: { readonly isSearching: boolean; readonly mayWrite: boolean }) {
  return (
    <div className="flex-1">
      {isSearching ? (
        <EmptyState title={t('files.nothingFound')} text={t('files.nothingFoundText')} />
      ) : (
        <EmptyState title={t('files.emptyTitle')} text={mayWrite ? t('files.emptyText') : t('files.emptyTextOther')} />
      )}
    </div>
  );
}

const LINK = 'flex min-h-6 items-center text-accent hover:underline';

/** The same search in more places. */
function SearchFurther({ place, search }: { readonly place: FilesPlace; readonly search: FilesSearch }) {
  const { q, kind, min, max, since, until, tag } = search;
  const conditions = { q, kind, min, max, since, until, tag };
  return (
    <>
      {place.prefix !== '' && (
        <Link to="/files/$bucket/$" params={{ bucket: place.bucket, _splat: '' }} search={conditions} className={LINK}>
          {t('files.searchBucket')}
        </Link>
      )}
      <Link to="/search" search={conditions} className={LINK}>
        {t('files.searchEverywhere')}
      </Link>
    </>
  );
}

function neighboursOf(index: number, store: RowStore, move: (to: number) => void): PreviewNeighbours {
  let at = index;
  return {
    step: async (by) => {
      for (let next = at + by; next >= 0 && next < (store.head?.total ?? 0); next += by) {
        const [row] = await store.range(next, next + 1, new AbortController().signal);
        const [entry] = row === undefined ? [] : entryOf(row);
        if (entry?.kind !== 'file') continue;
        at = next;
        move(next);
        return entry;
      }
      return undefined;
    },
  };
}
