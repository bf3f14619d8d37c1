import { join } from 'node:path';
import type { SalvagedContainer, SalvagedExtent } from '../engine/offline/salvage.ts';
import { type FileSystem, nodeFileSystem } from '../platform/fs-port.ts';
import { installTagOf } from '../storage/create-body-store.ts';
import { CHUNK_NAME, CHUNK_SHARDS, SEGMENT_NAME } from '../storage/layout.ts';
import { scanExtents } from '../storage/scan-extents.ts';

export interface SalvageDisk {
  readonly uuid: string;
  readonly path: string;
}

const LOG_NAME = /^[0-9a-f]{16}\.log$/;

/** Every whole extent of this install on the disks, container by container: for the catalogue's last resort. */
export async function* salvageDisks(
  disks: readonly SalvageDisk[],
  installId: string,
  fs: FileSystem = nodeFileSystem,
): AsyncGenerator<SalvagedExtent> {
  const tag = installTagOf(installId);
  for (const disk of disks) {
    for await (const { path, container } of containersOf(fs, disk)) {
      for await (const { offset, header, damagedFrame } of scanExtents(fs, path, tag)) {
        if (damagedFrame === undefined) yield { container, offset, header };
      }
    }
  }
}

async function* containersOf(
  fs: FileSystem,
  disk: SalvageDisk,
): AsyncGenerator<{ readonly path: string; readonly container: SalvagedContainer }> {
  const folders = [
    { folder: 'log', kind: 'log', named: LOG_NAME },
    { folder: 'segments', kind: 'segment', named: SEGMENT_NAME },
    ...CHUNK_SHARDS.map((shard) => ({ folder: join('chunks', shard), kind: 'chunk', named: CHUNK_NAME }) as const),
  ] as const;
  for (const { folder, kind, named } of folders) {
    for (const name of await fs.list(join(disk.path, folder))) {
      if (!named.test(name)) continue;
      const path = join(disk.path, folder, name);
      const fd = await fs.open(path, 'r');
      const { sizeBytes } = await fs.facts(fd);
      await fs.close(fd);
      yield { path, container: { name, kind, diskUuid: disk.uuid, lengthBytes: sizeBytes } };
    }
  }
}
