import { copyFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { manifestOf, syncFile } from '../checkpoint/catalogue-tasks.ts';
import { CHECKPOINT_FOLDER, checkpointName, writeManifest } from '../checkpoint/checkpoint-files.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import { ensureFolder } from '../log/file-io.ts';
import { migrationsOf, type OfflineInstall, offlineIo } from './offline-context.ts';

const COPIES = 2;
const UNFINISHED = 'unfinished.db';

/**
 * The checkpoint that a log begins with which does not begin with an empty catalogue: without it nothing could be built from
 * that log. For a catalogue without a WAL that nobody uses. Throws the system's error.
 */
export function makeFirstCheckpoint(install: OfflineInstall, nowMs: number): void {
  const io = offlineIo();
  const live = join(install.dataDir, CATALOGUE_FILE);
  const manifest = manifestOf(live, nowMs, migrationsOf(install));
  for (const disk of install.disks.slice(0, COPIES)) {
    const folder = ensureFolder(io, disk.path, CHECKPOINT_FOLDER);
    const unfinished = join(folder, UNFINISHED);
    rmSync(unfinished, { force: true });
    copyFileSync(live, unfinished);
    syncFile(unfinished);
    renameSync(unfinished, join(folder, checkpointName(manifest.appliedSequence)));
    io.syncFolder(folder);
    writeManifest(io, { path: disk.path, device: statSync(disk.path).dev }, manifest);
  }
}
