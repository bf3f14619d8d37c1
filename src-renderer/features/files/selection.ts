import type { FolderEntry } from '../../../src-server/contract/objects.ts';
import { entryId } from './entry.ts';
import type { FilesTarget } from './extension.ts';

/** Entries that one selection names; more of a folder are selected as the folder's content. */
export const MAX_SELECTED = 10_000;

/** Rows by their ids, or everything of the folder that is open, however much that is. */
export type FilesSelection =
  | { readonly kind: 'items'; readonly items: ReadonlyMap<string, FolderEntry> }
  | { readonly kind: 'everything' };

export const NOTHING: FilesSelection = { kind: 'items', items: new Map() };

export function isSelected(selection: FilesSelection, id: string): boolean {
  return selection.kind === 'everything' || selection.items.has(id);
}

export function isEmpty(selection: FilesSelection): boolean {
  return selection.kind === 'items' && selection.items.size === 0;
}

/** With these entries too, or them alone. Throws RangeError beyond `MAX_SELECTED`. */
export function select(selection: FilesSelection, entries: readonly FolderEntry[], alone: boolean): FilesSelection {
  const items = new Map(alone || selection.kind === 'everything' ? [] : selection.items);
  for (const entry of entries) items.set(entryId(entry), entry);
  if (items.size > MAX_SELECTED) throw new RangeError(`more than ${MAX_SELECTED} entries`);
  return { kind: 'items', items };
}

/** Without the entry where it was in, with it where it was not. From everything nothing is left: exceptions are not kept. */
export function toggle(selection: FilesSelection, entry: FolderEntry): FilesSelection {
  if (selection.kind === 'everything') return NOTHING;
  const items = new Map(selection.items);
  const id = entryId(entry);
  if (!items.delete(id)) items.set(id, entry);
  return { kind: 'items', items };
}

/** What actions get; undefined for an empty selection. */
export function targetOf(selection: FilesSelection, prefix: string, total: number): FilesTarget | undefined {
  if (selection.kind === 'everything') return { kind: 'everything', prefix, count: total };
  return selection.items.size === 0 ? undefined : { kind: 'items', items: [...selection.items.values()] };
}
