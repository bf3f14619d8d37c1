import type { FolderEntry } from '../../../src-server/contract/objects.ts';
import { parentOf } from '../../lib/file-address.ts';
import type { FilesPlace, FilesTarget } from '../files/extension.ts';
import type { OperationOrder } from './api/operations-api.ts';

/** A folder of a bucket; without one the list of buckets is meant. */
export interface PickedFolder {
  readonly bucket: string | undefined;
  readonly prefix: string;
}

/** What to do with names that are taken. */
export type Conflict = 'keep-both' | 'replace' | 'skip' | 'fail';

/** Puts things into the bin. */
export function deletionOf({ bucket }: FilesPlace, target: FilesTarget): OperationOrder {
  return { kind: 'delete', bucket, items: pathsOf(target) };
}

/** Each thing keeps its path below the folder that is open; where everything in a folder is meant, what is in it goes into the target. */
export function transferOf(
  { bucket, prefix }: FilesPlace,
  kind: 'copy' | 'move',
  target: FilesTarget,
  folder: PickedFolder,
  conflict: Conflict,
): OperationOrder {
  const items = pathsOf(target).map((item) => ({ ...item, to: folder.prefix + item.from.slice(prefix.length) }));
  return { kind, bucket, items, conflict, targetBucket: folder.bucket ?? bucket };
}

/** Another name in the folder where it stands, which for what a search found need not be the one that is open. */
export function renamingOf({ bucket }: FilesPlace, entry: FolderEntry, name: string): OperationOrder {
  const item = pathOf(entry);
  const to = `${parentOf(item.from)}${name}${item.kind === 'folder' ? '/' : ''}`;
  return { kind: 'rename', bucket, item: { ...item, to }, conflict: 'fail' };
}

/** What `renamingOf` changes. */
export function ownNameOf(entry: FolderEntry): string {
  const { kind, from } = pathOf(entry);
  return from.slice(parentOf(from).length, kind === 'folder' ? -1 : undefined);
}

/** How many things are named; of everything in a folder how many stand in it. */
export function countOf(target: FilesTarget): number {
  return target.kind === 'items' ? target.items.length : target.count;
}

interface Path {
  readonly kind: 'file' | 'folder';
  readonly from: string;
}

function pathsOf(target: FilesTarget): Path[] {
  return target.kind === 'everything' ? [{ kind: 'folder', from: target.prefix }] : target.items.map(pathOf);
}

function pathOf(entry: FolderEntry): Path {
  return entry.kind === 'folder' ? { kind: 'folder', from: entry.prefix } : { kind: 'file', from: entry.key };
}
