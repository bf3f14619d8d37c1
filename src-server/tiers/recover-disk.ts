import { join } from 'node:path';
import { syncFolder, unlinkIfThere } from '../platform/fs-durable.ts';
import type { FileSystem } from '../platform/fs-port.ts';
import { TEMPORARY_NAME } from '../storage/layout.ts';

export interface RecoveredDisk {
  /** Files of bodies that never got an answer. */
  readonly removed: number;
  /** Whatever else stood in the folder: kept, in quarantine. */
  readonly quarantined: number;
}

/**
 * The fast pass over a disk at start, before any body is written: empties its folder for files on their way. Ours were never
 * named by a row, so they go; others are kept in quarantine.
 */
export async function recoverDisk(fs: FileSystem, root: string, nowMs: number): Promise<RecoveredDisk> {
  const folder = join(root, 'tmp');
  let [removed, quarantined] = [0, 0];
  for (const name of await fs.list(folder)) {
    if (TEMPORARY_NAME.test(name)) {
      await unlinkIfThere(fs, join(folder, name));
      removed += 1;
      continue;
    }
    await fs.rename(join(folder, name), join(root, 'quarantine', `${nowMs}-tmp-${name}`));
    quarantined += 1;
  }
  if (quarantined > 0) await syncFolder(fs, join(root, 'quarantine'));
  return { removed, quarantined };
}
