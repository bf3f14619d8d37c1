import { useEffect, useRef, useState } from 'react';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { toast } from '../../../components/toast.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { t } from '../../../lib/i18n.ts';
import type { ListRow, RowStore } from '../rows/row-store.ts';
import { type FilesSelection, MAX_SELECTED, NOTHING, select, toggle } from '../selection.ts';

/** Which row is the active one and which are selected: what keys and the pointer do to both. */
export function useFilesList(store: RowStore | undefined, isWholeFolder: boolean) {
  const [active, setActive] = useState<number>();
  const [selection, setSelection] = useState<FilesSelection>(NOTHING);
  const anchor = useRef<number>(undefined);
  const total = store?.head?.total ?? 0;
  const [shownStore, setShownStore] = useState(store);
  // Another order or search is another list: row numbers mean something else there, and what is selected may not be in it.
  if (shownStore !== store) {
    setShownStore(store);
    setActive(undefined);
    setSelection(NOTHING);
  }

  // Rows of a range may have to be read first: only what was selected last counts, and only in this list.
  const reading = useRef<AbortController>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: numbers of rows mean nothing in another list
  useEffect(() => {
    anchor.current = undefined;
    return () => reading.current?.abort();
  }, [store]);
  const put = (next: FilesSelection) => {
    reading.current?.abort();
    setSelection(next);
  };
  const selectRange = async (first: number, end: number) => {
    if (store === undefined) return;
    if (end - first > MAX_SELECTED) return toast('error', t('files.tooMany', { count: MAX_SELECTED }));
    reading.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    reading.current = controller;
    try {
      const rows = await store.range(first, end, signal);
      if (!signal.aborted) setSelection(select(NOTHING, rows.flatMap(entryOf), true));
    } catch (error) {
      if (!signal.aborted) toast('error', errorText(error));
    }
  };
  const move = (to: number) => {
    setActive(to);
    anchor.current = to;
  };
  const toggleAt = (at: number) => {
    move(at);
    const row = store?.rowAt(at);
    const [entry] = row === undefined ? [] : entryOf(row);
    if (entry === undefined) return;
    try {
      put(toggle(selection, entry));
    } catch {
      toast('error', t('files.tooMany', { count: MAX_SELECTED }));
    }
  };
  const extendTo = (to: number) => {
    const from = anchor.current ?? active ?? to;
    anchor.current = from;
    setActive(to);
    void selectRange(Math.min(from, to), Math.max(from, to) + 1);
  };
  const selectAll = () => {
    if (total <= MAX_SELECTED || !isWholeFolder) void selectRange(0, total);
    else put({ kind: 'everything' });
  };
  const clear = () => put(NOTHING);
  return { active, selection, total, move, toggleAt, extendTo, selectAll, clear };
}
export type FilesListState = ReturnType<typeof useFilesList>;

const entries = new WeakMap<ListRow, FolderEntry[]>();

/** The row as actions know it, the same one each time it is asked for; none for what is gone. */
export function entryOf(row: ListRow): FolderEntry[] {
  const known = entries.get(row);
  if (known !== undefined) return known;
  const made = row.kind === 'gone' ? [] : [withoutBucket(row)];
  entries.set(row, made);
  return made;
}

function withoutBucket({ bucket: _, ...entry }: Exclude<ListRow, { kind: 'gone' }>): FolderEntry {
  return entry;
}
