import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { ScratchFolder } from '../../platform/scratch-folder.ts';
import type { Catalogue, ServiceContext } from '../context.ts';
import { PlanningSlots } from './planning-slots.ts';
import { crcFileName, planFileName } from './zip-plan.ts';

/** Plans kept at most, all together; the least recently used go first. A million entries are about 150 MB. */
const MAX_BYTES = 1_000_000_000;
/** A plan that was not used for so long is gone. */
const MAX_AGE_MS = 7 * 24 * 3_600_000;
const FILE_NAME = /^([0-9a-f]{64})\.(?:plan|crc)$/;

/** How far the CRC of an entry is known. */
export interface CrcProgress {
  readonly doneBytes: number;
  readonly crc32: number;
}

/** What archives in the making share; one for each catalogue. */
export interface ZipFolder {
  readonly files: ScratchFolder;
  /** By plan and entry, of downloads that ended inside it. In memory only: without it, bytes are read once more. */
  readonly progress: LRUCache<string, CrcProgress>;
  /** Plans being made now. */
  readonly planning: PlanningSlots;
}

const MAX_PROGRESS = 10_000;
const folders = new WeakMap<Catalogue, ZipFolder>();

/** Where the plans of archives are: `DATA/cache/zips`, safe to delete. */
export function zipFolderOf({ catalogue, config }: Pick<ServiceContext, 'catalogue' | 'config'>): ZipFolder {
  let folder = folders.get(catalogue);
  if (folder === undefined) {
    const files = new ScratchFolder(join(config.dataDir, 'cache', 'zips'));
    folder = { files, progress: new LRUCache({ max: MAX_PROGRESS }), planning: new PlanningSlots() };
    folders.set(catalogue, folder);
  }
  return folder;
}

/** Makes room: removes what is old, what was left half-written and, beyond the limit, what was least recently used. */
export async function pruneZipFolder(context: ServiceContext): Promise<void> {
  const { files } = zipFolderOf(context);
  const nowMs = context.now();
  let keptBytes = 0;
  const found = (await files.list()).toSorted((a, b) => b.usedAtMs - a.usedAtMs);
  for (const { name, sizeBytes, usedAtMs } of found) {
    const id = FILE_NAME.exec(name)?.[1];
    const isOld = nowMs - usedAtMs > (id === undefined ? 3_600_000 : MAX_AGE_MS);
    if (id === undefined) {
      if (isOld) await files.remove(name);
      continue;
    }
    keptBytes += sizeBytes;
    if (!isOld && keptBytes <= MAX_BYTES) continue;
    await files.remove(planFileName(id));
    await files.remove(crcFileName(id));
  }
}
