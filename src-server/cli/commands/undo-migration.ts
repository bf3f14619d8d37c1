import { join } from 'node:path';
import { openDisks } from '../../app/disks.ts';
import { findOfflineDisks } from '../../app/offline-install.ts';
import { DATA_LOCK_FILE } from '../../app/open-storage.ts';
import { acquireLock } from '../../db/sqlite/exclusive-lock.ts';
import { undoMigration as undo } from '../../engine/offline/undo-migration.ts';
import { EXIT } from '../exit-code.ts';
import type { OfflineCommand } from '../ports.ts';

/**
 * `stowage rebuild-catalogue --undo-migration`, run by the release that migrated, server stopped: the release before can go on
 * with the catalogue as it was. Only while nothing was written since (LOG.md 24); throws MigrationStands otherwise.
 */
export const undoMigration: OfflineCommand = async (config, { print }) => {
  const { dataDir } = config;
  await findOfflineDisks(config);
  await using stack = new AsyncDisposableStack();
  const lock = acquireLock(join(dataDir, DATA_LOCK_FILE));
  stack.defer(() => lock.release());
  const { attached, logDisk } = await openDisks(config, false);
  stack.defer(() => attached.release());
  const disks = attached.disks.filter((disk) => disk.present);
  const { schemaVersion } = undo({ dataDir, disks, logDisk });
  print(`the catalogue is back at schema ${schemaVersion}: start the release before, this one would migrate again`);
  return EXIT.ok;
};
