import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { getFolderView, getSearch } from '../../../../src-server/contract/folder-view.ts';
import { call } from '../../../lib/api.ts';
import { type FilesConditions, type FilesSearch, queryOf } from '../address.ts';
import { type FetchRows, RowStore, type RowsAsked } from '../rows/row-store.ts';

type Order = Pick<FilesSearch, 'sort' | 'order'>;

/** The rows of a folder, or of what is found behind it. */
export function useFolderRows(bucket: string, prefix: string, search: FilesConditions & Order, deleted: boolean) {
  const query = { prefix, ...queryOf(search), ...(deleted ? { deleted: 'true' } : {}) };
  return useRows(['folder', bucket, query], (asked, signal) =>
    call(getFolderView, { params: { bucket }, query: { ...query, ...textsOf(asked) }, signal }),
  );
}

/** What is found in all buckets. */
export function useSearchRows(search: FilesConditions & Order) {
  const query = queryOf(search);
  return useRows(['search', query], async (asked, signal) => {
    const answer = await call(getSearch, { query: { ...query, ...textsOf(asked) }, signal });
    return { ...answer, rows: answer.rows.map(({ bucket, row }) => ({ ...row, bucket })) };
  });
}

/** The store lives in the query's cache: Back shows a folder as it was left, and signing out forgets it. */
function useRows(queryKey: readonly unknown[], fetch: FetchRows) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<{ store: RowStore }>(queryKey);
      const store = known?.store ?? new RowStore(fetch);
      await store.load(known !== undefined, signal);
      return { store };
    },
    structuralSharing: false,
    // In another order the list stays until the new one is there; a page shows one folder only.
    placeholderData: keepPreviousData,
  });
  const store = query.data?.store;
  useSyncExternalStore(store?.subscribe ?? nothing, store?.version ?? zero);
  return { query, store, head: store?.head };
}

const nothing = () => () => undefined;
const zero = () => 0;

function textsOf({ offset, limit, view, fresh, waitMs, locate }: RowsAsked): Record<string, string | undefined> {
  return {
    offset: String(offset),
    limit: String(limit),
    view: view === undefined ? undefined : String(view),
    fresh: fresh === true ? 'true' : undefined,
    waitMs: waitMs === undefined ? undefined : String(waitMs),
    locate,
  };
}
