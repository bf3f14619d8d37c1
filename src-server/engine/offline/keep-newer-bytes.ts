import { copyFileSync, linkSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { SqliteReadTx } from '../../db/sqlite/sqlite-read-tx.ts';
import { WriteSession } from '../../db/sqlite/write-session.ts';
import { listContainers, listPlaces } from '../../db/tables/container-upkeep.ts';
import { findDisks } from '../../db/tables/disk.ts';
import { errnoOf } from '../../platform/fs-durable.ts';
import { containerPath } from '../../storage/layout.ts';
import { syncFile } from '../checkpoint/catalogue-tasks.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import { type OfflineInstall, offlineIo } from './offline-context.ts';

const CONTAINERS_AT_ONCE = 500;
const QUARANTINE_FOLDER = 'quarantine';

/**
 * A catalogue that went back to an older state does not know the bodies that were appended to segments since: compaction
 * would take their bytes for nobody's. Each segment that is longer than the catalogue knows gets a second name in quarantine,
 * under which it stays. (Files of their own that no row names are never removed anyway.)
 *
 * @returns the names, below their disk's path
 */
export async function keepNewerBytes(install: OfflineInstall, nowMs: number): Promise<string[]> {
  const db = openDatabase(join(install.dataDir, CATALOGUE_FILE));
  try {
    const tx = new SqliteReadTx(new WriteSession(db).statements);
    const uuids = new Map((await findDisks(tx)).map(({ id, uuid }) => [id, uuid]));
    const kept: string[] = [];
    for (let after = 0; ; ) {
      const containers = await listContainers(tx, after, CONTAINERS_AT_ONCE);
      for (const { id, kind, name, length } of containers) {
        if (kind !== 'segment') continue;
        for (const { disk_id } of await listPlaces(tx, id)) {
          const disk = install.disks.find(({ uuid }) => uuid === uuids.get(disk_id));
          if (disk !== undefined && hasGrown(disk.path, name, length)) kept.push(keep(disk.path, name, nowMs));
        }
      }
      const last = containers.at(-1);
      if (last === undefined) return kept;
      after = last.id;
    }
  } finally {
    db.close();
  }
}

function hasGrown(root: string, name: string, knownBytes: number): boolean {
  const facts = statSync(containerPath(root, 'segment', name), { throwIfNoEntry: false });
  return facts !== undefined && facts.size > knownBytes;
}

function keep(root: string, name: string, nowMs: number): string {
  const target = join(QUARANTINE_FOLDER, `${nowMs}-segments-${name}`);
  const folder = join(root, QUARANTINE_FOLDER);
  mkdirSync(folder, { recursive: true });
  const from = containerPath(root, 'segment', name);
  try {
    linkSync(from, join(root, target));
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return target;
    // A file system without second names.
    copyFileSync(from, join(root, target));
    syncFile(join(root, target));
  }
  offlineIo().syncFolder(folder);
  return target;
}
