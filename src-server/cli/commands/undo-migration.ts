import { undoMigration as undo } from '../../engine/offline/undo-migration.ts';
import { EXIT } from '../exit-code.ts';
import type { OfflineCommand } from '../ports.ts';
import { takeStoppedInstall } from './take-stopped-install.ts';

/**
 * `stowage rebuild-catalogue --undo-migration`, run by the release that migrated, server stopped: the release before can go on
 * with the catalogue as it was. Only while nothing was written since (LOG.md 24); throws MigrationStands otherwise.
 */
export const undoMigration: OfflineCommand = async (config, { print }) => {
  const { dataDir } = config;
  await using stack = new AsyncDisposableStack();
  const { attached, logDisk } = await takeStoppedInstall(config, false, stack);
  const disks = attached.disks.filter((disk) => disk.present);
  const { schemaVersion } = undo({ dataDir, disks, logDisk });
  print(`the catalogue is back at schema ${schemaVersion}: start the release before, this one would migrate again`);
  return EXIT.ok;
};
