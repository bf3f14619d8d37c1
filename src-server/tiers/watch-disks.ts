import { type DiskSpace, readDiskSpace } from '../platform/disk-facts.ts';
import { deviceOf } from '../platform/disk-folder.ts';
import { identityPath } from './disk-identity.ts';
import type { DiskFacts, DiskSet } from './disk-set.ts';

const EVERY_MS = 1_000;

/**
 * The space of a disk, or undefined where it is absent: its identity file is not there, or on another device than when the
 * disk was attached. Neither question wakes a sleeping disk.
 */
export async function observeDisk(disk: Pick<DiskFacts, 'root' | 'device'>): Promise<DiskSpace | undefined> {
  if ((await deviceOf(identityPath(disk.root))) !== disk.device) return undefined;
  try {
    return await readDiskSpace(disk.root);
  } catch {
    return undefined;
  }
}

/** Keeps a thread's `DiskSet` up to date, once a second. A disk that does not answer delays only itself. */
export function watchDisks(disks: DiskSet): { stop(): void } {
  const asked = new Set<number>();
  const timer = setInterval(() => {
    for (const disk of disks.facts()) {
      if (asked.has(disk.id)) continue;
      asked.add(disk.id);
      const written = disks.writtenBytes(disk.id);
      void observeDisk(disk).then((space) => {
        asked.delete(disk.id);
        disks.setSpace(disk.id, space, written);
      });
    }
  }, EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
