import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { copyCatalogue, quickCheck } from '../../db/sqlite/copy-catalogue.ts';
import { readLogState, replaceLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { checkpointWal } from '../../db/sqlite/wal.ts';
import { syncFile } from '../checkpoint/catalogue-tasks.ts';
import { type FoundCheckpoint, findCheckpoints } from '../checkpoint/checkpoint-files.ts';
import { fileCrc32c } from '../checkpoint/file-crc.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import { removeDatabase } from '../recovery/rebuild.ts';
import { type OfflineInstall, offlineIo } from './offline-context.ts';
import { putInPlace } from './put-in-place.ts';

/** What a new log begins behind. */
export interface BegunReport {
  readonly from: 'catalogue' | 'checkpoint';
  /** The last record of the lost log that is in it. */
  readonly fromSequence: number;
  readonly asideName: string | undefined;
}

/**
 * The whole log is gone, and with it what it held behind the newest state of the catalogue that is left: the catalogue in its
 * place if that is sound, else the newest good checkpoint. A new log begins behind it, under an id of its own: whatever turns
 * up of the old one is never taken for a part of it.
 *
 * @param mayUsePresent the catalogue that stands is not known to be doubtful
 * @returns undefined where neither is left
 */
export function beginNewLog(install: OfflineInstall, mayUsePresent: boolean, nowMs: number): BegunReport | undefined {
  const live = join(install.dataDir, CATALOGUE_FILE);
  const fresh = `${live}.begun`;
  // One that is complete stands where the old one does not: a run before this one died between the two renames.
  const goesOn = existsSync(fresh) && !existsSync(live);
  const target = goesOn ? fresh : `${fresh}.new`;
  const checkpoints = findCheckpoints(install.disks);
  if (!goesOn) removeDatabase(target);
  const from = goesOn
    ? 'catalogue'
    : ((mayUsePresent ? copyPresent(live, target) : undefined) ?? copyCheckpoint(checkpoints, target));
  if (from === undefined) return undefined;
  const fromSequence = detach(target, checkpoints);
  syncFile(target);
  renameSync(target, fresh);
  offlineIo().syncFolder(install.dataDir);
  return { from, fromSequence, asideName: putInPlace(install.dataDir, live, fresh, nowMs) };
}

function copyPresent(live: string, target: string): 'catalogue' | undefined {
  if (!existsSync(live)) return undefined;
  try {
    copyCatalogue(live, target, () => true);
    if (quickCheck(target, 'keep') === 'ok' && hasLogState(target)) return 'catalogue';
  } catch {
    // Whatever is wrong with it: it is kept aside, and a checkpoint is taken.
  }
  removeDatabase(target);
  return undefined;
}

function hasLogState(path: string): boolean {
  const db = openDatabase(path, { readonly: true, journal: 'keep' });
  try {
    return readLogState(db) !== undefined;
  } finally {
    db.close();
  }
}

/** By age, not by number: a log that was salvaged counts from low numbers again. */
function copyCheckpoint(checkpoints: readonly FoundCheckpoint[], target: string): 'checkpoint' | undefined {
  for (const { path, manifest } of checkpoints.toSorted((a, b) => b.manifest.createdMs - a.manifest.createdMs)) {
    if (fileCrc32c(path) !== manifest.crc32c) continue;
    copyFileSync(path, target);
    return 'checkpoint';
  }
  return undefined;
}

/** A record that never was, under a number beyond all that are known, is what the new log goes on after. */
function detach(path: string, checkpoints: readonly FoundCheckpoint[]): number {
  const db = openDatabase(path);
  try {
    const before = readLogState(db);
    if (before === undefined) throw new Error(`${path} is no catalogue`);
    const known = checkpoints.map(({ manifest }) => manifest.appliedSequence);
    const appliedSequence = Math.max(before.appliedSequence, ...known) + 1;
    const appliedCrc = randomBytes(4).readUInt32LE(0);
    const start = { epoch: 1, syncedSequence: appliedSequence, segment: 0, position: 0 };
    replaceLogState(db, { ...start, logId: randomBytes(16), appliedSequence, appliedCrc });
    checkpointWal(db, 'TRUNCATE');
    return before.appliedSequence;
  } finally {
    db.close();
  }
}
