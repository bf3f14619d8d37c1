import { join } from 'node:path';
import { assertNever } from '../domain/assert-never.ts';

/*
 * Where things stand on a disk (docs/on-disk-format/extents.md). Names are random: bucket and key never form a path.
 */

export const DISK_FOLDERS = ['log', 'segments', 'chunks', 'tmp', 'checkpoints', 'quarantine'] as const;

/** The names of the folders below `chunks`: the first two digits of a chunk's name. */
export const CHUNK_SHARDS: readonly string[] = Array.from({ length: 256 }, (_, shard) =>
  shard.toString(16).padStart(2, '0'),
);

/** Path of a container's file, by its catalogue name. */
export function containerPath(root: string, kind: 'log' | 'segment' | 'chunk', name: string): string {
  switch (kind) {
    case 'log':
      return join(root, 'log', name);
    case 'segment':
      return join(root, 'segments', name);
    case 'chunk':
      return join(root, 'chunks', name.slice(0, 2), name);
    default:
      return assertNever(kind);
  }
}

/** Where a file stands until it is complete; own leftovers there are removed at start. */
export function temporaryPath(root: string, name: string): string {
  return join(root, 'tmp', `${name}.tmp`);
}

/** Matches the names that `temporaryPath` gives, and nothing a person would use. */
export const TEMPORARY_NAME = /^[0-9a-f]{32}(\.seg)?\.tmp$/;
export const CHUNK_NAME = /^[0-9a-f]{32}$/;
export const SEGMENT_NAME = /^[0-9a-f]{32}\.seg$/;
