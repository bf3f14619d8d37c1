import { useEffect, useMemo, useState } from 'react';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { entryId, nameOfId } from '../entry.ts';
import type { ListRow, RowStore } from '../rows/row-store.ts';
import { entryOf, type FilesListState } from './use-files-list.ts';

/**
 * The row that the address names. It may stand anywhere in the folder: where it is not among the rows that are there, it is
 * looked for once, and the list goes to it.
 */
export function useShownEntry(
  store: RowStore | undefined,
  list: FilesListState,
  prefix: string,
  item: string | undefined,
): FolderEntry | undefined {
  // The row and not its entry, which is another object each time.
  const [last, setLast] = useState<ListRow>();
  const isIt = (row: ListRow) => entryOf(row).some((entry) => entryId(entry) === item);
  const at = item === undefined ? undefined : store?.find(isIt);
  const here = at === undefined ? undefined : store?.rowAt(at);
  const { move } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each address and store; rows that load later change nothing
  useEffect(() => {
    if (item === undefined || store === undefined || list.active !== undefined) return;
    const controller = new AbortController();
    const name = nameOfId(item).slice(prefix.length);
    store
      .locate(name, isIt, controller.signal)
      .then((found) => {
        if (found !== undefined && !controller.signal.aborted) move(found);
      })
      .catch(() => undefined);
    return () => controller.abort();
  }, [item, store]);

  if (here !== undefined && here !== last) setLast(here);
  const known = here ?? last;
  return useMemo(() => {
    const [entry] = known === undefined ? [] : entryOf(known);
    return entry !== undefined && entryId(entry) === item ? entry : undefined;
  }, [known, item]);
}
