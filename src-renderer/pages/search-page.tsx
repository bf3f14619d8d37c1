import { useNavigate, useSearch } from '@tanstack/react-router';
import { PageHead } from '../components/page-head.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { type FilesSearch, hasConditions } from '../features/files/address.ts';
import { useSearchRows } from '../features/files/api/use-rows.ts';
import { FilesGrid } from '../features/files/components/files-grid.tsx';
import { ListFoot } from '../features/files/components/list-foot.tsx';
import { SearchBar } from '../features/files/components/search-bar.tsx';
import { entryId } from '../features/files/entry.ts';
import { nextOrder } from '../features/files/hooks/use-files-address.ts';
import { entryOf, useFilesList } from '../features/files/hooks/use-files-list.ts';
import type { ListRow } from '../features/files/rows/row-store.ts';
import { parentOf, splatOf } from '../lib/file-address.ts';
import { t } from '../lib/i18n.ts';
import { failureOf } from '../lib/query-failure.ts';

/** One box over all buckets; what is found opens in its folder. */
export function SearchPage() {
  const search = useSearch({ from: '/frame/search' });
  const navigate = useNavigate({ from: '/search' });
  const isSearching = hasConditions(search);
  const change = ({ view: _, deleted: __, item: ___, tab: ____, ...changes }: Partial<FilesSearch>) =>
    void navigate({ to: '.', search: (now) => ({ ...now, ...changes }), replace: isSearching });
  return (
    <>
      <PageHead title={t('files.searchTitle')} />
      <SearchBar
        label={t('files.searchAll')}
        search={search}
        onChange={change}
        keepsVersions={false}
        hasViews={false}
      />
      {isSearching ? (
        <Found key={JSON.stringify(search)} onSort={(by) => change(nextOrder(search, by))} />
      ) : (
        <EmptyState title={t('files.searchHint')} text={t('files.searchHintText')} />
      )}
    </>
  );
}

function Found({ onSort }: { readonly onSort: (by: NonNullable<FilesSearch['sort']>) => void }) {
  const search = useSearch({ from: '/frame/search' });
  const navigate = useNavigate();
  const { query, store, head } = useSearchRows(search);
  const list = useFilesList(store, false);
  const open = (row: ListRow) => {
    const [entry] = entryOf(row);
    if (entry?.kind !== 'file' || row.bucket === undefined) return;
    void navigate({
      to: '/files/$bucket/$',
      params: { bucket: row.bucket, _splat: splatOf(parentOf(entry.key)) },
      search: { item: entryId(entry) },
    });
  };
  if (query.isPending) return <LoadingRows />;
  const failure = failureOf(query);
  if (failure !== null || store === undefined || head === undefined) {
    return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
  }
  return (
    <>
      {head.total === 0 && head.isComplete ? (
        <div className="flex-1">
          <EmptyState title={t('files.nothingFound')} text={t('files.nothingFoundText')} />
        </div>
      ) : (
        <FilesGrid
          store={store}
          list={list}
          prefix=""
          search={search}
          actions={[]}
          thumbnail={undefined}
          shownId={undefined}
          onSort={onSort}
          onOpen={open}
          onShow={(row, _, isPress) => isPress && open(row)}
          onUp={() => undefined}
          onEscape={() => undefined}
          isReadOnly
        />
      )}
      <ListFoot head={head} />
    </>
  );
}
