import { join } from 'node:path';
import { findStateOnDisk } from '../../db/tables/container-upkeep.ts';
import type { DiskId } from '../../domain/ids.ts';
import { errnoOf } from '../../platform/fs-durable.ts';
import type { FileSystem } from '../../platform/fs-port.ts';
import { CHUNK_NAME, CHUNK_SHARDS, SEGMENT_NAME } from '../../storage/layout.ts';
import type { UnknownFile } from './check-report.ts';
import type { CheckDeps } from './check-storage.ts';

interface Folder {
  readonly path: string;
  readonly kind: 'chunk' | 'segment' | 'temporary';
}

const FOLDERS: readonly Folder[] = [
  { path: 'tmp', kind: 'temporary' },
  { path: 'segments', kind: 'segment' },
  ...CHUNK_SHARDS.map((shard): Folder => ({ path: join('chunks', shard), kind: 'chunk' })),
];

/**
 * Files on the disks that no row names. The log's folder is the engine's. A body on its way has no row yet, so what is young
 * means nothing.
 */
export async function findUnknownFiles(deps: CheckDeps): Promise<UnknownFile[]> {
  const found: UnknownFile[] = [];
  for (const { id, name: disk, root } of deps.disks) {
    if (root === undefined) continue;
    for (const { path, kind } of FOLDERS) {
      for (const name of await listOrNone(deps.fs, join(root, path))) {
        const below = join(path, name);
        if (kind !== 'temporary' && (await isKnown(deps, kind, path, name, id))) continue;
        const facts = await factsOf(deps.fs, join(root, below));
        if (facts !== undefined) found.push({ disk, root, path: below, ...facts });
      }
    }
  }
  return found;
}

/** Does a row say that this file stands on this disk? */
export async function isKnown(
  { catalogue }: Pick<CheckDeps, 'catalogue'>,
  kind: 'chunk' | 'segment',
  folder: string,
  name: string,
  diskId: DiskId,
): Promise<boolean> {
  const named = kind === 'chunk' ? CHUNK_NAME.test(name) && folder.endsWith(name.slice(0, 2)) : SEGMENT_NAME.test(name);
  return named && (await catalogue.read((tx) => findStateOnDisk(tx, name, kind, diskId))) !== undefined;
}

async function listOrNone(fs: FileSystem, path: string): Promise<string[]> {
  try {
    return await fs.list(path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function factsOf(
  fs: FileSystem,
  path: string,
): Promise<{ readonly sizeBytes: number; readonly modifiedMs: number } | undefined> {
  try {
    const fd = await fs.open(path, 'r');
    try {
      const { sizeBytes, modifiedMs } = await fs.facts(fd);
      return { sizeBytes, modifiedMs };
    } finally {
      await fs.close(fd);
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
