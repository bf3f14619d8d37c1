import { itemsOf, type ShareRow } from '../../db/tables/share.ts';
import { Failure } from '../../domain/failure.ts';
import type { ObjectKey } from '../../domain/ids.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import { coversFolder, coversKey, folderOf } from '../../domain/share.ts';

/** Keys and folders that the link leads to. */
export function itemsOfShare(share: Pick<ShareRow, 'items'>): readonly string[] {
  return itemsOf(share);
}

/** The folder that all items lie in: what shown paths are relative to. A folder by itself is its own. */
export function baseOf(items: readonly string[]): string {
  const [first = ''] = items;
  if (items.length === 1) return first === '' || first.endsWith('/') ? first : folderOf(first);
  let base = folderOf(first);
  for (const item of items) {
    while (base !== '' && !item.startsWith(base)) base = folderOf(base);
  }
  return base;
}

/**
 * The object that a path of a link names. Keys are never taken apart: `..` in a path is a name like any other, and what
 * does not begin with one of the link's items is not in it.
 *
 * @param path relative to the link's base; `''` for the one file of a link
 * @throws Failure NoSuchKey
 */
export function keyOfPath(share: Pick<ShareRow, 'kind' | 'base' | 'items'>, path: string): ObjectKey {
  const items = itemsOf(share);
  const text = share.kind === 'file' && path === '' ? (items[0] ?? '') : share.base + path;
  if (share.kind === 'upload' || text.endsWith('/') || !coversKey(items, text)) throw new Failure('NoSuchKey');
  return parseObjectKey(text);
}

/** The whole prefix of a folder that a path of a link names. Throws NoSuchKey. */
export function prefixOfPath(share: Pick<ShareRow, 'kind' | 'base' | 'items'>, path: string): string {
  const prefix = share.base + path;
  const isListed = prefix === '' || prefix.endsWith('/');
  if (share.kind === 'upload' || share.kind === 'file' || !isListed || !coversFolder(itemsOf(share), prefix)) {
    throw new Failure('NoSuchKey');
  }
  return prefix;
}

/** What a key is called to people: its last part. */
export function nameOfKey(key: string): string {
  return key.split('/').findLast((part) => part !== '') ?? key;
}
