import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { SqliteReadTx } from '../db/sqlite/sqlite-read-tx.ts';
import { databaseBytes } from '../db/sqlite/wal.ts';
import { sumLogBytes } from '../db/tables/log-container.ts';
import { assertNever } from '../domain/assert-never.ts';
import { ReaderPins } from '../storage/reader-pins.ts';
import { CatalogueTaskThreads } from './catalogue-task-thread.ts';
import { releaseSegments } from './checkpoint/release.ts';
import { CATALOGUE_FILE, type EngineOptions } from './engine-options.ts';
import { type Answer, type ControlReply, type ControlRequest, crossError } from './engine-protocol.ts';
import { EngineServer } from './engine-server.ts';
import type { EngineStatus } from './engine-status.ts';
import { nodeFileIo } from './log/file-io.ts';
import { closeCore, type OpenCore, openCore } from './open-core.ts';
import { SyncThread } from './sync-thread.ts';

/** Given to the commit thread by `openEngine`. */
export interface CommitThreadData {
  readonly options: EngineOptions;
  readonly generation: SharedArrayBuffer;
  /** `ReaderPins.memory` of the process: which files reads are using. */
  readonly pins: SharedArrayBuffer;
}

const FIRST_HOUSEKEEPING_MS_MAX = 5_000;

/** The commit thread: opens the engine, serves commands over ports, and does what its owner asks, until `close`. */
export async function runCommitThread(owner: MessagePort, data: CommitThreadData): Promise<void> {
  const tell = (reply: ControlReply): void => owner.postMessage(reply);
  const tasks = new CatalogueTaskThreads();
  const syncThread = new SyncThread();
  const server = new EngineServer();
  let opened: OpenCore;
  try {
    opened = await openCore(data.options, {
      io: nodeFileIo(syncThread.sync),
      runTask: tasks.run,
      generation: data.generation,
      nowMs: Date.now,
      hooks: {
        onSettled: () => server.flush(),
        onFatal: (error) => tell({ kind: 'fatal', reason: explain(error) }),
        onRefused: (reason) => tell({ kind: 'refused', reason }),
        onBatchFailed: (cause) => tell({ kind: 'batch-failed', reason: explain(cause) }),
      },
    });
  } catch (error) {
    tell({ kind: 'not-opened', error: crossError(error) });
    owner.close();
    return;
  }
  const pins = new ReaderPins(data.pins);
  const { core, keeper, recovered } = opened;
  server.serve(core);
  const { replayedRecords, unclean, refusal: refusedReason } = recovered;
  tell({ kind: 'opened', start: { replayedRecords, unclean, refusedReason, diskIds: core.parts.diskIds } });
  if (unclean) checkBesideService(opened, tasks);
  const writeMissingBallast = ballastWriter(opened, tasks);
  const keepHouse = (): void => {
    if (core.refusedReason !== undefined) return;
    writeMissingBallast();
    if (!keeper.isDue()) return;
    keeper.make().catch((error: unknown) => tell({ kind: 'checkpoint-failed', reason: explain(error) }));
  };
  const { housekeepingMs } = core.parts.limits;
  const soon = setTimeout(keepHouse, Math.min(housekeepingMs, FIRST_HOUSEKEEPING_MS_MAX));
  const housekeeping = setInterval(keepHouse, housekeepingMs);
  const close = async (): Promise<void> => {
    clearTimeout(soon);
    clearInterval(housekeeping);
    const tasksEnded = tasks.stop();
    server.drain();
    await closeCore(opened);
    server.close();
    await tasksEnded;
    await syncThread.stop();
  };
  owner.on('message', (request: ControlRequest) => void answer(request, { opened, server, close, owner, pins }));
}

interface Serving {
  readonly pins: ReaderPins;
  readonly opened: OpenCore;
  readonly server: EngineServer;
  readonly owner: MessagePort;
  close(): Promise<void>;
}

async function answer(request: ControlRequest, serving: Serving): Promise<void> {
  if (request.kind === 'connect') {
    serving.server.connect(request.port);
    return;
  }
  let reply: Answer;
  try {
    reply = [true, await perform(request, serving)];
  } catch (error) {
    reply = [false, crossError(error)];
  }
  const message: ControlReply = { kind: 'reply', number: request.number, answer: reply };
  serving.owner.postMessage(message);
  if (request.kind === 'close') serving.owner.close();
}

async function perform(request: Exclude<ControlRequest, { kind: 'connect' }>, serving: Serving): Promise<unknown> {
  const { core, keeper, segments } = serving.opened;
  switch (request.kind) {
    case 'status':
      return statusOf(serving.opened);
    case 'checkpoint':
      return keeper.make();
    case 'release-segments':
      return releaseSegments(core, keeper, segments, (name) => serving.pins.isPinned(name));
    case 'sync-log':
      return core.syncPast(core.parts.head.last.sequence);
    case 'set-durability':
      // Everything answered under the old mode is synced first: strict has nothing that waits.
      return core.syncPast(Number.MAX_SAFE_INTEGER, () => {
        core.parts.durability.current = request.durability;
      });
    case 'close':
      return serving.close();
    default:
      return assertNever(request);
  }
}

async function statusOf({ core, keeper }: OpenCore): Promise<EngineStatus> {
  const { parts } = core;
  const newest = keeper.newest;
  return {
    durability: parts.durability.current,
    refusedReason: core.refusedReason,
    counters: { ...parts.counters, batchSizes: [...parts.counters.batchSizes] },
    queuedCommands: core.queuedCommands,
    lastSequence: parts.head.last.sequence,
    syncedSequence: parts.head.syncedSequence,
    schemaVersion: parts.schema.version,
    logDiskUuid: parts.logDisk.current.uuid,
    logBytes: await sumLogBytes(new SqliteReadTx(parts.session.statements)),
    catalogueBytes: databaseBytes(parts.db),
    walBytes: core.wal.pendingBytes(),
    newestCheckpoint:
      newest === undefined
        ? undefined
        : { appliedSequence: newest.appliedSequence, createdMs: newest.createdMs, sizeBytes: newest.sizeBytes },
  };
}

/** SQLite's own check, read-only and beside service; what it finds stops writes. */
function checkBesideService({ core }: OpenCore, tasks: CatalogueTaskThreads): void {
  const path = join(core.parts.options.dataDir, CATALOGUE_FILE);
  tasks
    .run({ kind: 'quick-check', path })
    .then((result) => {
      if (result.kind === 'checked' && result.verdict !== 'ok')
        core.refuse(`the catalogue is damaged: ${result.verdict}`);
    })
    .catch((error: unknown) => {
      if (!tasks.isStopping) core.refuse(`the catalogue could not be checked: ${explain(error)}`);
    });
}

/** In a thread of its own: it is a long write, longer than the time to the next look on a slow disk. One that fails is tried again. */
function ballastWriter({ core }: OpenCore, tasks: CatalogueTaskThreads): () => void {
  const running = new Set<string>();
  return () => {
    for (const file of core.space.missingBallast()) {
      if (running.has(file.path)) continue;
      running.add(file.path);
      const done = (): void => void running.delete(file.path);
      tasks.run({ kind: 'ballast', file }).then(done, done);
    }
  };
}

/** An error with the causes behind it, in one line. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${explain(error.cause)}`;
}
