import type { FolderEntry } from '../../../src-server/contract/objects.ts';

/** Unique in a list: a folder and a file may have the same path. */
export function entryId(entry: FolderEntry): string {
  return entry.kind === 'folder' ? `folder:${entry.prefix}` : `file:${entry.key}`;
}

/** The key or whole prefix of an id of `entryId`. */
export function nameOfId(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

/** What the entry is called within its folder. */
export function nameOf(entry: FolderEntry, prefix: string): string {
  const name = entry.kind === 'folder' ? entry.prefix.slice(prefix.length, -1) : entry.key.slice(prefix.length);
  // A key may end where its folder ends, or have nothing between two slashes.
  return name === '' ? '/' : name;
}

/** `PDF`: the ending of the name, where there is a short one. */
export function typeOf(key: string): string {
  return /[^/]\.([A-Za-z0-9]{1,6})$/.exec(key)?.[1]?.toUpperCase() ?? '—';
}
