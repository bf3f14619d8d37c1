import { join } from 'node:path';
import { type FoundDisk, findOfflineDisks } from '../../app/offline-install.ts';
import { DATA_LOCK_FILE, openStorage } from '../../app/open-storage.ts';
import type { Config } from '../../config/schema.ts';
import { acquireLock, LockHeld } from '../../db/sqlite/exclusive-lock.ts';
import { isDamage } from '../../db/sqlite/is-damage.ts';
import { SHARED_WORDS_BYTES, SqliteCatalogue } from '../../db/sqlite/sqlite-catalogue.ts';
import { findDisks } from '../../db/tables/disk.ts';
import { findBrokenSeal } from '../../engine/core/catalogue-seal.ts';
import { CATALOGUE_FILE } from '../../engine/engine-options.ts';
import { checkCheckpoints } from '../../engine/offline/check-checkpoints.ts';
import { checkLog } from '../../engine/offline/check-log.ts';
import { verifyReplayEqualsCatalogue } from '../../engine/offline/verify-replay.ts';
import type { Logger } from '../../observability/logger.ts';
import { nodeFileSystem } from '../../platform/fs-port.ts';
import type { Catalogue } from '../../services/context.ts';
import { type CheckReport, isSound } from '../../tiers/check/check-report.ts';
import { type CheckDeps, checkStorage } from '../../tiers/check/check-storage.ts';
import { repairStorage } from '../../tiers/check/repair-storage.ts';
import { EXIT } from '../exit-code.ts';
import type { OfflineCommand } from '../ports.ts';

type Print = (line: string) => void;

/**
 * `stowage check`: log, files, frames and counters against the catalogue, and the replayed log against it, table by table.
 * Changes nothing and may run beside a server (then without the replay, which needs a catalogue that stands still).
 * `--repair` needs the server stopped: quarantines unknown files and counts counters again. Answers 1 where something is
 * wrong (with `--repair`: still wrong).
 */
export const check: OfflineCommand = async (config, { log, print, switches }) => {
  // First: where there is no install, a repair must not make one.
  const disks = await findOfflineDisks(config);
  const repaired = switches.has('--repair') ? await repair(config, log, print) : undefined;
  const logIsSound = checkWholeLog(disks, print);
  const checkpointsAreSound = checkEveryCheckpoint(disks, print);
  const replayIsSound = checkReplay(config, disks, print);
  const report = repaired ?? (await checkAgainstCatalogue(config, disks, print));
  if (report !== undefined) printReport(report, print);
  const sound = logIsSound && checkpointsAreSound && replayIsSound && report !== undefined && isSound(report);
  print(sound ? 'sound' : 'NOT SOUND');
  return sound ? EXIT.ok : EXIT.failed;
};

/** Repairs, and answers what a second look finds. */
async function repair(config: Config, log: Logger, print: Print): Promise<CheckReport> {
  await using stack = new AsyncDisposableStack();
  const die = (cause: unknown): void => log.fatal({ err: cause }, 'the engine stopped');
  const storage = await openStorage(config, { log, die }, stack);
  const { context } = storage.openThread(config);
  const deps = await checkDeps(context.catalogue, await findOfflineDisks(config));
  const report = await checkStorage(deps, { frames: true });
  const { quarantined, correctedCounters } = await repairStorage(
    { ...deps, engine: context.engine, now: context.now },
    report,
  );
  for (const path of quarantined) print(`quarantined ${path}`);
  print(`repaired: ${quarantined.length} files quarantined, ${correctedCounters} counters corrected`);
  // Frames are not read again: nothing above changes any, so the damage is what it was.
  return { ...(await checkStorage(deps, { frames: false })), problems: report.problems };
}

function checkWholeLog(disks: readonly FoundDisk[], print: Print): boolean {
  const { segments, records, lastSequence, problems } = checkLog({ disks });
  print(`log: ${segments} segments, ${records} records, last sequence ${lastSequence}`);
  for (const { path, offset, problem } of problems) print(`log: ${path} at ${offset}: ${problem}`);
  return problems.length === 0;
}

function checkEveryCheckpoint(disks: readonly FoundDisk[], print: Print): boolean {
  const { good, problems } = checkCheckpoints({ disks });
  print(`checkpoints: ${good}`);
  for (const { path, problem } of problems) print(`checkpoint: ${path}: ${problem}`);
  return problems.length === 0;
}

/** Undefined where the catalogue cannot be read: then nothing can be compared with it. */
async function checkAgainstCatalogue(
  config: Config,
  disks: readonly FoundDisk[],
  print: Print,
): Promise<CheckReport | undefined> {
  try {
    return await withCatalogue(config, disks, (deps) => checkStorage(deps, { frames: true }));
  } catch (error) {
    if (!isDamage(error)) throw error;
    print(`catalogue: ${join(config.dataDir, CATALOGUE_FILE)} is damaged: ${String(error)}`);
    return undefined;
  }
}

/** LOG.md, last section. A running server holds the lock; then there is nothing that stands still to compare. */
function checkReplay({ dataDir }: Config, disks: readonly FoundDisk[], print: Print): boolean {
  let lock: ReturnType<typeof acquireLock>;
  try {
    lock = acquireLock(join(dataDir, DATA_LOCK_FILE));
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    print('replay: not compared, a server is running');
    return true;
  }
  const broken = findBrokenSeal(dataDir);
  if (broken !== undefined) print(`catalogue: ${join(dataDir, CATALOGUE_FILE)}: ${broken}`);
  try {
    const { differences } = verifyReplayEqualsCatalogue({ dataDir, disks });
    for (const difference of differences) print(`replay: ${JSON.stringify(difference)}`);
    if (differences.length === 0) print('replay: the log gives the catalogue, table by table');
    return differences.length === 0 && broken === undefined;
  } catch (error) {
    print(`replay: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  } finally {
    lock.release();
  }
}

async function withCatalogue<T>(
  config: Config,
  disks: readonly FoundDisk[],
  use: (deps: CheckDeps) => Promise<T>,
): Promise<T> {
  // Nobody raises the words of another process's catalogue: each read of a turn sees its own newest snapshot.
  const generation = new SharedArrayBuffer(SHARED_WORDS_BYTES);
  const catalogue = new SqliteCatalogue({ path: join(config.dataDir, CATALOGUE_FILE), generation });
  try {
    return await use(await checkDeps(catalogue, disks));
  } finally {
    catalogue.close();
  }
}

async function checkDeps(catalogue: Pick<Catalogue, 'read'>, disks: readonly FoundDisk[]): Promise<CheckDeps> {
  const rows = await catalogue.read((tx) => findDisks(tx));
  const checked = rows.map(({ id, uuid, name }) => ({
    id,
    name,
    root: disks.find((disk) => disk.uuid === uuid)?.path,
  }));
  return { catalogue, disks: checked, fs: nodeFileSystem };
}

function printReport(report: CheckReport, print: Print): void {
  const { containers, extents, bytes, problems, onAbsentDisks, unknownFiles, drift } = report;
  print(`storage: ${containers} containers, ${extents} extents, ${bytes} bytes`);
  for (const problem of problems) print(`storage: ${JSON.stringify(problem)}`);
  if (onAbsentDisks > 0) print(`storage: ${onAbsentDisks} containers on absent disks were not looked at`);
  for (const { disk, path, sizeBytes } of unknownFiles) print(`unknown file: ${disk} ${path}, ${sizeBytes} bytes`);
  for (const [counter, wrong] of Object.entries(drift)) {
    for (const one of wrong) print(`counter: ${counter} ${JSON.stringify(one)}`);
  }
}
