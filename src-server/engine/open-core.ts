import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { MIGRATIONS } from '../db/migrations/index.ts';
import { knownLogSegments, logStateUpdater } from '../db/sqlite/log-state.ts';
import { SHARED_WORDS } from '../db/sqlite/sqlite-catalogue.ts';
import { SqliteReadTx } from '../db/sqlite/sqlite-read-tx.ts';
import { databaseBytes, growthBytes } from '../db/sqlite/wal.ts';
import { WriteSession } from '../db/sqlite/write-session.ts';
import { findDisks } from '../db/tables/disk.ts';
import type { RunCatalogueTask } from './checkpoint/checkpoint-keeper.ts';
import { CheckpointKeeper } from './checkpoint/checkpoint-keeper.ts';
import { BatchRunner } from './core/batch-runner.ts';
import { sealCatalogue } from './core/catalogue-seal.ts';
import { CommitCore, type CommitCoreHooks } from './core/commit-core.ts';
import { checkDiskNames, needsDiskRows } from './core/disk-rows.ts';
import { newCounters } from './core/engine-metrics.ts';
import type { EngineParts } from './core/engine-parts.ts';
import { LogHead } from './core/log-head.ts';
import { clearMark, writeMark } from './core/marks.ts';
import { SegmentList } from './core/segment-list.ts';
import { SpaceGuard } from './core/space-guard.ts';
import { CatalogueDoubtful, WalKeeper } from './core/wal-keeper.ts';
import { DEFAULT_LIMITS, type EngineDisk, type EngineOptions, type EngineStopped } from './engine-options.ts';
import { ensureFolder, type FileIo } from './log/file-io.ts';
import { BLOCK_BYTES, parseSegmentFileName } from './log/format.ts';
import { LOG_FOLDER } from './log/log-chain.ts';
import { LogSegment } from './log/log-writer.ts';
import { migrate } from './migrate.ts';
import { type Recovered, recover } from './recovery/recover.ts';

/** What the engine needs from the thread it runs in; tests give their own. */
export interface EnginePorts {
  readonly io: FileIo;
  readonly runTask: RunCatalogueTask;
  readonly hooks: CommitCoreHooks;
  /** `SHARED_WORDS`, raised after COMMIT and before the answers (LOG.md 13). */
  readonly generation: SharedArrayBuffer;
  nowMs(): number;
}

/** The engine of one thread, open. */
export interface OpenCore {
  readonly core: CommitCore;
  readonly keeper: CheckpointKeeper;
  readonly segments: SegmentList;
  readonly recovered: Pick<Recovered, 'replayedRecords' | 'unclean' | 'refusal'>;
}

/**
 * Opens catalogue and log, replays, migrates, and is ready for commands. Where log and catalogue cannot be brought together
 * it opens for reads only (`recovered.refusal`).
 *
 * @throws InstallMismatch, NewerCatalogue: exit 2; EngineStopped: exit 4
 */
export async function openCore(options: EngineOptions, ports: EnginePorts): Promise<OpenCore> {
  const migrations = options.migrations ?? MIGRATIONS;
  const recovered = recover({ options, io: ports.io, migrations, nowMs: ports.nowMs() });
  const segments = new SegmentList(recovered.segments, recovered.logId);
  const parts = makeParts(options, ports, recovered, segments);
  const logFolder =
    recovered.refusal === undefined ? ensureFolder(ports.io, options.logDisk.path, LOG_FOLDER) : undefined;
  const guards = guardsOf(parts, logFolder, recovered);
  const shared = new BigUint64Array(ports.generation);
  const hooks = { ...ports.hooks, onFatal: (error: EngineStopped) => stopped(parts, ports.hooks, error) };
  const core = new CommitCore(parts, guards, hooks, (raisesGeneration) => {
    if (raisesGeneration) Atomics.add(shared, SHARED_WORDS.generation, 1n);
    Atomics.add(shared, SHARED_WORDS.commits, 1n);
  });
  const keeper = new CheckpointKeeper(core, migrations, ports.runTask);
  try {
    await makeReady(core, keeper, recovered);
  } catch (error) {
    core.abandon();
    parts.head.close();
    parts.db.close();
    throw error;
  }
  return { core, keeper, segments, recovered };
}

/** Everything that stands between an open catalogue and the first command. */
async function makeReady(core: CommitCore, keeper: CheckpointKeeper, recovered: Recovered): Promise<void> {
  const { parts } = core;
  const { options } = parts;
  const rows = await findDisks(new SqliteReadTx(parts.session.statements));
  for (const row of rows) parts.diskIds.set(row.uuid, row.id);
  if (recovered.refusal !== undefined) {
    core.refuse(recovered.refusal);
    return;
  }
  checkDiskNames(options, rows);
  await leaveSuspect(core, recovered);
  // A batch without commands brings the rows. Otherwise the first batch opens a segment: a full disk still starts.
  if (needsDiskRows(options, rows)) await core.run(async () => undefined);
  await migrate(core, keeper, options.migrations ?? MIGRATIONS);
}

function guardsOf(parts: EngineParts, logFolder: string | undefined, { last }: Recovered) {
  const { db, io, nowMs, options } = parts;
  const walBytes = walLimit(parts);
  const dataDir = { ...parts.dataDir, reserveBytes: () => growthBytes(db, walBytes) };
  // The next checkpoint stands beside the two before it; without one the log would never shrink.
  const log = { device: options.logDisk.device, reserveBytes: () => databaseBytes(db) };
  const space = new SpaceGuard(io, logFolder === undefined ? [dataDir] : [dataDir, { path: logFolder, ...log }], nowMs);
  const hasRoom = (bytes: number): boolean => space.allows('collect', bytes, parts.dataDir.device);
  return { space, wal: new WalKeeper(db, walBytes, last.sequence, hasRoom) };
}

const SEGMENT_SHARE = 1 / 256;
const SEGMENT_BYTES_MIN = 8 * 1024 * 1024;

/** Space comes back by whole segments: on a small disk, by smaller ones. */
function segmentBytesFor(io: FileIo, disk: EngineDisk): number {
  const most = DEFAULT_LIMITS.segmentBytes;
  try {
    const share = Math.floor(io.space(disk.path).totalBytes * SEGMENT_SHARE);
    return Math.min(most, Math.max(share, SEGMENT_BYTES_MIN));
  } catch {
    // A disk that does not answer takes no segment either.
    return most;
  }
}

const WAL_SHARE = 0.005;
const WAL_BYTES_MIN = 1024 * 1024;

/** SQLite's WAL may grow as the file system of the data folder allows: a small one is not filled by it. */
function walLimit({ io, limits, dataDir }: EngineParts): number {
  const share = Math.floor(io.space(dataDir.path).totalBytes * WAL_SHARE);
  return Math.min(limits.walBytes, Math.max(share, WAL_BYTES_MIN));
}

function makeParts(
  options: EngineOptions,
  ports: EnginePorts,
  recovered: Recovered,
  segments: SegmentList,
): EngineParts {
  const limits = { ...DEFAULT_LIMITS, segmentBytes: segmentBytesFor(ports.io, options.logDisk), ...options.limits };
  const counters = newCounters();
  counters.replayedRecords = recovered.replayedRecords;
  const session = new WriteSession(recovered.db);
  const { logId, epoch, last, lastSegmentLength } = recovered;
  const head = new LogHead(
    ports.io,
    {
      logId,
      epoch,
      last,
      lastSegmentLength,
      highestSegment: Math.max(0, ...numbersOf(recovered)),
      segment: reusable(options, ports.io, recovered),
    },
    (segment) => segments.add(segment),
  );
  return {
    options,
    limits,
    io: ports.io,
    db: recovered.db,
    session,
    updateLogState: logStateUpdater(recovered.db),
    runner: new BatchRunner(session, limits, counters),
    head,
    counters,
    diskIds: new Map(),
    logDisk: { current: options.logDisk },
    durability: { current: options.durability },
    dataDir: { path: options.dataDir, device: statSync(options.dataDir).dev },
    schema: { version: recovered.schemaVersion },
    nowMs: ports.nowMs,
  };
}

/** Segment numbers that are taken: those on the disks, and those of disks that are away. */
function numbersOf({ db, segments }: Recovered): number[] {
  const known = [...knownLogSegments(db)].flatMap((path) => parseSegmentFileName(basename(path)) ?? []);
  return [...segments.segments, ...segments.damaged].map((one) => one.segment).concat(known);
}

/** The newest segment, if it holds nothing but a header that says what a new one would say (LOG.md 3). */
function reusable(options: EngineOptions, io: FileIo, recovered: Recovered): LogSegment | undefined {
  const newest = recovered.segments.segments.at(-1);
  if (newest === undefined || recovered.refusal !== undefined || recovered.suspect !== undefined) return undefined;
  const { header } = newest;
  const goesOn = header.previous.sequence === recovered.last.sequence && header.previous.crc === recovered.last.crc;
  const isOurs = header.logId.equals(recovered.logId) && header.epoch === recovered.epoch;
  const isHere = newest.diskUuid === options.logDisk.uuid && statSync(newest.path).size === BLOCK_BYTES;
  if (!goesOn || !isOurs || !isHere || header.schemaVersion !== recovered.schemaVersion) return undefined;
  return LogSegment.reuse(io, options.logDisk, header);
}

/** What a stopped process left to do: the log leaves the segment that failed it. Throws EngineStopped when no disk helps. */
async function leaveSuspect(core: CommitCore, recovered: Recovered): Promise<void> {
  const { suspect } = recovered;
  const { io, options } = core.parts;
  if (suspect !== undefined) await core.leaveSuspectSegment(suspect.mark, suspect.answered);
  clearMark(io, options.dataDir, 'log-suspect');
}

function stopped(parts: EngineParts, hooks: CommitCoreHooks, error: EngineStopped): void {
  try {
    if (error instanceof CatalogueDoubtful) {
      writeMark(parts.io, parts.dataDir, 'catalogue-doubtful', { reason: String(error.cause ?? error.message) });
    }
  } finally {
    hooks.onFatal(error);
  }
}

/** Closes what `openCore` opened; queued commands are finished first. */
export async function closeCore({ core }: OpenCore): Promise<void> {
  await core.close();
  core.parts.head.close();
  core.parts.db.close();
  if (core.refusedReason === undefined) sealCatalogue(core.parts.io, core.parts.dataDir);
}
