import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CatalogueDifference, compareCatalogues } from '../../db/sqlite/compare-catalogues.ts';
import { readLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import { findSegments } from '../log/log-chain.ts';
import { LogWalker } from '../log/log-walker.ts';
import { assessLog } from '../recovery/assess-log.ts';
import { buildCatalogue, type RebuildReport } from '../recovery/rebuild.ts';
import { replay } from '../recovery/replay.ts';
import { countingChain } from '../recovery/suspect-log.ts';
import { migrationsOf, type OfflineInstall, offlineIo } from './offline-context.ts';

export interface ReplayVerdict {
  /** None = the log says what the catalogue says. */
  readonly differences: readonly CatalogueDifference[];
  /** What the log was replayed into. */
  readonly built: RebuildReport;
  /** Records that the catalogue itself had not applied yet. */
  readonly replayedRecords: number;
}

/**
 * The test of all tests (LOG.md, last section): the log replayed into the oldest kept checkpoint, or into an empty catalogue
 * while segment 1 exists, must equal the catalogue, table by table. Works on copies; the install is not touched.
 *
 * @throws LogDamaged, ReplayFailed, NothingToRebuildFrom, or an Error where a start would refuse to write
 */
export function verifyReplayEqualsCatalogue(install: OfflineInstall): ReplayVerdict {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-verify-'));
  try {
    return compareIn(folder, install);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compareIn(folder: string, install: OfflineInstall): ReplayVerdict {
  const copy = join(folder, 'catalogue.db');
  const source = join(install.dataDir, CATALOGUE_FILE);
  for (const suffix of ['', '-wal']) if (existsSync(source + suffix)) copyFileSync(source + suffix, copy + suffix);
  const actual = openDatabase(copy);
  try {
    const state = readLogState(actual);
    if (state === undefined) throw new Error('the catalogue has no log state');
    const { chain } = countingChain(install.dataDir, findSegments(install.disks), state.logId);
    const assessment = assessLog(state, chain);
    let replayedRecords = 0;
    if (assessment.kind === 'replay') {
      const walker = new LogWalker(chain, assessment.from);
      replayedRecords = replay(actual, walker, migrationsOf(install));
      walker.close();
    } else if (assessment.kind !== 'unwritten') throw new Error(JSON.stringify(assessment));
    const { logId } = state;
    const request = { ...install, io: offlineIo(), chain, logId, migrations: migrationsOf(install) };
    const target = join(folder, 'built.db');
    const built = buildCatalogue(request, target, 'oldest');
    const expected = openDatabase(target);
    try {
      return { differences: compareCatalogues(expected, actual), built, replayedRecords };
    } finally {
      expected.close();
    }
  } finally {
    actual.close();
  }
}
