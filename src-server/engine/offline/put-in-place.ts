import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { syncFile } from '../checkpoint/catalogue-tasks.ts';
import { breakSeal } from '../core/catalogue-seal.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import { removeDatabase } from '../recovery/rebuild.ts';
import { offlineIo } from './offline-context.ts';

/**
 * Makes the file `fresh` the catalogue. The one that stood there is kept.
 *
 * @returns the name under which the old one stands now, if there was one
 */
export function putInPlace(dataDir: string, live: string, fresh: string, nowMs: number): string | undefined {
  syncFile(fresh);
  const asideName = existsSync(live) ? `${CATALOGUE_FILE}.aside-${nowMs}` : undefined;
  for (const suffix of asideName === undefined ? [] : ['-wal', '-shm', '']) {
    if (existsSync(live + suffix)) renameSync(live + suffix, join(dataDir, asideName + suffix));
  }
  removeDatabase(live);
  breakSeal(offlineIo(), dataDir);
  renameSync(fresh, live);
  offlineIo().syncFolder(dataDir);
  return asideName;
}
