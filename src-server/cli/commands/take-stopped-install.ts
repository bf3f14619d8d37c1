import { join } from 'node:path';
import { openDisks, type StartDisks } from '../../app/disks.ts';
import { findOfflineDisks } from '../../app/offline-install.ts';
import { DATA_LOCK_FILE } from '../../app/open-storage.ts';
import type { Config } from '../../config/schema.ts';
import { acquireLock } from '../../db/sqlite/exclusive-lock.ts';

/**
 * Takes an install whose server is stopped, until `stack` is disposed: the data folder's lock, then the disks. Throws
 * DiskRefused where there is no install, for nothing may be made of nothing; LockHeld beside a running server.
 */
export async function takeStoppedInstall(
  config: Config,
  adoptInstall: boolean,
  stack: AsyncDisposableStack,
): Promise<StartDisks> {
  await findOfflineDisks(config);
  const lock = acquireLock(join(config.dataDir, DATA_LOCK_FILE));
  stack.defer(() => lock.release());
  const disks = await openDisks(config, adoptInstall);
  stack.defer(() => disks.attached.release());
  return disks;
}
