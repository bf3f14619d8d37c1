import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Migration } from '../../db/migrations/migration.ts';
import { manifestOf } from '../checkpoint/catalogue-tasks.ts';
import { CHECKPOINT_FOLDER, type CheckpointManifest, findCheckpoints } from '../checkpoint/checkpoint-files.ts';
import { fileCrc32c } from '../checkpoint/file-crc.ts';
import { listFolder } from '../log/log-chain.ts';
import { migrationsOf, type OfflineInstall } from './offline-context.ts';

export interface CheckpointsReport {
  readonly good: number;
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
}

const MANIFEST = /^[0-9a-f]{16}\.json$/;

/** Reads every checkpoint whole. Changes nothing; beside a server one may be removed while it is read. Throws the system's error. */
export function checkCheckpoints(install: Omit<OfflineInstall, 'dataDir'>): CheckpointsReport {
  const { disks } = install;
  const migrations = migrationsOf(install);
  const problems: { path: string; problem: string }[] = [];
  const whole = findCheckpoints(disks);
  for (const disk of disks) {
    const folder = join(disk.path, CHECKPOINT_FOLDER);
    for (const name of listFolder(folder)) {
      const path = join(folder, name);
      if (!MANIFEST.test(name) || whole.some((one) => one.manifestPath === path)) continue;
      problems.push({ path, problem: 'the manifest is damaged, or its checkpoint is not there as long as it was' });
    }
  }
  let good = 0;
  for (const { path, manifest } of whole) {
    const problem = existsSync(path) ? problemOf(path, manifest, migrations) : undefined;
    if (problem === undefined) good += 1;
    else problems.push({ path: `${path}, .json`, problem });
  }
  return { good, problems };
}

/** The manifest said again from the file: all but the time must be what it says. */
function problemOf(path: string, manifest: CheckpointManifest, migrations: readonly Migration[]): string | undefined {
  const differs = 'the file is not what its manifest says';
  if (fileCrc32c(path) !== manifest.crc32c) return differs;
  try {
    return isDeepStrictEqual(manifestOf(path, manifest.createdMs, migrations), manifest) ? undefined : differs;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
