import type { Command } from '../../commands/command.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { Failure } from '../../domain/failure.ts';
import type { ContainerId } from '../../domain/ids.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { EngineStopped } from '../engine-options.ts';
import { isDiskFull } from '../log/file-io.ts';
import { BATCH_HEADER_BYTES, RECORD_BYTES_MAX, segmentFileName } from '../log/format.ts';
import type { MigrationEntry } from '../log/record-encoder.ts';
import { FIRST_BATCH_OFFSET } from '../log/segment-reader.ts';
import { disksOf } from '../recovery/recover-context.ts';
import { BatchLost, type BatchRun } from './batch-runner.ts';
import { CommitQueue } from './commit-queue.ts';
import { bringDiskRows } from './disk-rows.ts';
import { countBatch } from './engine-metrics.ts';
import { diskIdOf, type EngineParts } from './engine-parts.ts';
import { batchFailure, noSpace, presentedOutcome, queueFull, writesRefused } from './failures.ts';
import type { EngineMarks } from './marks.ts';
import { moveLog, switchSegment } from './move-log.ts';
import { commitRecord, LogFailed } from './record-writer.ts';
import { segmentContainer } from './segment-container.ts';
import { admit, requireRoomToCommit, TIGHT_BATCH } from './short-of-space.ts';
import type { SpaceGuard } from './space-guard.ts';
import { ownSubmission, type Submission } from './submission.ts';
import { SyncSchedule } from './sync-schedule.ts';
import { type UnsyncedBatch, UnsyncedBatches } from './unsynced-batches.ts';
import { givesSpaceBack, WaitingForRoom } from './waiting-for-room.ts';
import type { WalKeeper } from './wal-keeper.ts';

export interface CommitCoreHooks {
  /** Every submission of a batch was settled: answers may leave. */
  onSettled(): void;
  /** The engine stopped itself; nothing is answered any more. The process is to exit with 4. */
  onFatal(error: EngineStopped): void;
  /** Writes are refused from now on; reads go on. */
  onRefused(reason: string): void;
  /** A batch could not be made durable, and its callers were told so; the engine goes on. */
  onBatchFailed(cause: unknown): void;
}

const IDLE_MS = 2000;

/**
 * The commit loop: takes what arrived while the last batch committed, runs it, makes it durable, answers (DESIGN §3). Between
 * batches it runs what needs the log and the catalogue to itself.
 */
export class CommitCore {
  readonly parts: EngineParts;
  readonly wal: WalKeeper;
  readonly space: SpaceGuard;
  readonly #hooks: CommitCoreHooks;
  readonly #queue: CommitQueue;
  readonly #waiting = new WaitingForRoom();
  readonly #unsynced = new UnsyncedBatches();
  readonly #sync: SyncSchedule;
  readonly #tasks: (() => Promise<void>)[] = [];
  #awake = false;
  #stopped = false;
  #refused: string | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #wasBusy = false;
  #isTight = false;
  /** The rows of the configured disks stand in the catalogue. */
  #disksKnown = false;
  /** Of the open segment, as the running batch knows it; the head's own once the batch is committed. */
  #containerId: ContainerId | undefined;
  readonly #committed: (raisesGeneration: boolean) => void;

  constructor(
    parts: EngineParts,
    guards: { readonly space: SpaceGuard; readonly wal: WalKeeper },
    hooks: CommitCoreHooks,
    /** Called after COMMIT and before the answers. */
    committed: (raisesGeneration: boolean) => void,
  ) {
    this.parts = parts;
    this.wal = guards.wal;
    this.space = guards.space;
    this.#hooks = hooks;
    this.#queue = new CommitQueue(parts.limits);
    this.#committed = committed;
    this.#sync = new SyncSchedule(parts, this.#unsynced, (cause) => {
      // A rejection is an EngineStopped, which the loop itself reports.
      this.exclusive(() => this.#leaveFailed(cause)).catch(() => undefined);
    });
  }

  /** Why writes are refused; undefined in ordinary service. */
  get refusedReason(): string | undefined {
    return this.#refused;
  }

  /** Ordinary writes are refused for want of space. */
  get isTight(): boolean {
    return this.#isTight;
  }

  get queuedCommands(): number {
    return this.#queue.size;
  }

  /** Queues a command; it is settled later, always through its `settle`, unless the engine stops. */
  submit(submission: Submission): void {
    if (this.#refused !== undefined) submission.settle({ ok: false, error: writesRefused(this.#refused) });
    else if (!this.#queue.push(submission)) submission.settle({ ok: false, error: queueFull() });
    else {
      this.#wake();
      return;
    }
    this.parts.counters.refusedCommands += 1;
    this.#hooks.onSettled();
  }

  /** Runs a command of the engine's own, as any other is run. */
  run<T>(command: Command<undefined, T>): Promise<T> {
    return new Promise<T>((resolve, reject) => this.submit(ownSubmission(command, resolve, reject)));
  }

  /** A task that holds disk space ends, and gives it back: what frees space waits for it rather than being refused. */
  expectRoom(task: Promise<unknown>): void {
    this.#waiting.expect(task, (waited) => {
      for (const one of waited) this.submit(one);
    });
  }

  /** Runs `task` between two batches. */
  exclusive<T>(task: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#tasks.push(async () => {
        try {
          resolve(await task());
        } catch (error) {
          reject(error);
          if (error instanceof EngineStopped) throw error;
        }
      });
      this.#wake();
    });
  }

  /**
   * Runs one schema step and makes it a record of its own. `apply` changes the catalogue inside the open transaction.
   *
   * @throws what `apply` or the log threw; then nothing of the step stands
   */
  migrate(apply: () => MigrationEntry): Promise<void> {
    return this.exclusive(async () => {
      const { head, runner, session, schema } = this.parts;
      await this.#makeRoom([]);
      try {
        runner.begin(head.highestSequence);
        const entry = apply();
        await commitRecord(this.parts, this.#unsynced, 'migration', entry);
        schema.version = entry.to;
      } catch (error) {
        session.rollback();
        throw error;
      }
      await this.#syncOrMove();
    });
  }

  /** The log is synced up to `sequence` when this resolves (LOG.md 11); `then` runs before the next batch. */
  syncPast(sequence: number, then?: () => void): Promise<void> {
    return this.exclusive(async () => {
      if (this.parts.head.syncedSequence < sequence) await this.#syncOrMove();
      then?.();
    });
  }

  /**
   * At start: a process before this one could not say that a segment had failed (LOG.md 9, 11). Throws EngineStopped when
   * no disk takes the news now either.
   */
  leaveSuspectSegment(mark: EngineMarks['log-suspect'], answered: readonly UnsyncedBatch[]): Promise<void> {
    return this.exclusive(async () => {
      const { head, options, logDisk } = this.parts;
      const disk = disksOf(options).find((one) => one.uuid === mark.diskUuid) ?? logDisk.current;
      const highestSequence = Math.max(head.highestSequence, mark.afterSequence + 1);
      const from = { segment: mark.segment, length: 0, disk };
      // The next number may stand on a disk that is absent now, with the same news.
      head.takeSegmentNumber();
      await moveLog(this.parts, { ...from, answered, highestSequence, cause: mark.reason }, this.space);
      head.highestSequence = Math.max(head.highestSequence, highestSequence);
    });
  }

  /** From now on only reads are answered. */
  refuse(reason: string): void {
    if (this.#refused !== undefined) return;
    this.#refused = reason;
    this.#hooks.onRefused(reason);
  }

  /** Lets the queue run empty, syncs, and leaves the catalogue without a WAL. Then nothing may be submitted. */
  async close(): Promise<void> {
    while (this.#queue.size > 0 && !this.#stopped) await this.exclusive(async () => undefined);
    if (this.#stopped) return;
    this.#settleAll(this.#waiting.take(), noSpace());
    await this.exclusive(async () => {
      await this.#syncOrMove();
      this.#stopped = true;
    });
    this.abandon();
    if (this.#refused === undefined) this.wal.checkpointIfRoom('TRUNCATE', this.parts.head.last.sequence);
  }

  /** Stops without finishing anything, as a killed process would. */
  abandon(): void {
    this.#stopped = true;
    this.#sync.stop();
    clearTimeout(this.#idleTimer);
  }

  #wake(): void {
    if (this.#awake || this.#stopped) return;
    this.#awake = true;
    clearTimeout(this.#idleTimer);
    // Not at once: whatever else arrives in this turn of the event loop joins the batch.
    setImmediate(() => void this.#turn());
  }

  async #turn(): Promise<void> {
    try {
      await this.#tasks.shift()?.();
      const batch = this.#stopped ? [] : this.#queue.takeBatch();
      if (batch.length > 0) {
        await this.#batch(batch);
        this.#wasBusy = true;
      }
    } catch (error) {
      this.#stop(error);
      return;
    }
    this.#awake = false;
    if (this.#stopped) return;
    if (this.#tasks.length > 0 || this.#queue.size > 0) this.#wake();
    else if (this.#wasBusy) this.#idleTimer = setTimeout(() => this.#idle(), IDLE_MS);
  }

  /** Nothing came for a while: the moment for what would make a caller wait. */
  #idle(): void {
    this.#wasBusy = false;
    const tidy = async (): Promise<void> => {
      if (this.#queue.size > 0 || this.#refused !== undefined) return;
      if (this.wal.pendingBytes() > 0) this.wal.checkpointIfRoom('TRUNCATE', this.parts.head.last.sequence);
    };
    // A rejection is an EngineStopped, which the loop itself reports.
    this.exclusive(tidy).catch(() => undefined);
  }

  #stop(error: unknown): void {
    this.#stopped = true;
    this.#sync.stop();
    // Else the next start finds no room to replay in either.
    if (error instanceof Error && isDiskFull(error.cause)) this.space.dropBallast();
    const reason = 'the commit thread met an error it does not know';
    this.#hooks.onFatal(error instanceof EngineStopped ? error : new EngineStopped(reason, { cause: error }));
  }

  async #batch(taken: readonly Submission[]): Promise<void> {
    const batch = this.#admit(taken);
    const most = this.#isTight ? TIGHT_BATCH : batch.length;
    for (let at = 0; at < batch.length; at += most) await this.#commit(batch.slice(at, at + most), true);
    this.#hooks.onSettled();
    crashPoint('after-answer');
    if (this.#stopped) return;
    if (this.#unsynced.bytes > this.parts.limits.unsyncedBytes) await this.#syncOrMove();
    this.#sync.arm();
    const { head, counters } = this.parts;
    if (this.wal.afterBatch(head.last.sequence, this.#isTight)) counters.walCheckpoints += 1;
  }

  /** Settles what may not run now: everything when writes are refused, all that takes space when there is little left. */
  #admit(taken: readonly Submission[]): readonly Submission[] {
    const refused = this.#refused;
    if (refused !== undefined) {
      this.#settleAll(taken, writesRefused(refused));
      return [];
    }
    try {
      const { admitted, refused: tooMuch, isTight } = admit(this.space, taken);
      this.#isTight = isTight;
      this.#refuseForRoom(tooMuch, noSpace());
      return admitted;
    } catch (error) {
      this.#settleAll(taken, batchFailure(error));
      return [];
    }
  }

  /** @param mayRetry whether the ballast may be given for another try of what frees space */
  async #commit(batch: readonly Submission[], mayRetry: boolean): Promise<void> {
    const { session, runner } = this.parts;
    let run: BatchRun;
    try {
      await this.#makeRoom(batch);
      run = await this.#run(batch);
      if (!run.wrote) session.rollback();
      else await this.#record();
    } catch (error) {
      await this.#failed(batch, error, mayRetry);
      return;
    }
    if (run.wrote) this.#committed(runner.journal.raisesGeneration);
    this.#queue.putBack(run.left);
    countBatch(this.parts.counters, run.outcomes.length);
    for (const [index, outcome] of run.outcomes.entries()) batch[index]?.settle(presentedOutcome(outcome));
  }

  async #run(batch: readonly Submission[]): Promise<BatchRun> {
    const { head, runner } = this.parts;
    return runner.run(batch, {
      offset: head.segment.nextOffset,
      previousSequence: head.highestSequence,
      container: (tx) => this.#container(tx),
    });
  }

  async #container(tx: WriteTx): Promise<{ id: ContainerId; mustKeep: boolean }> {
    const { head, logDisk, options, diskIds } = this.parts;
    const nowMs = this.parts.nowMs();
    const mustKeep = !this.#disksKnown && (await bringDiskRows(tx, options, diskIds, nowMs));
    if (!mustKeep) this.#disksKnown = true;
    const segment = { name: segmentFileName(head.segment.number), known: head.containerId, closed: head.closed };
    const id = await segmentContainer(tx, segment, diskIdOf(this.parts, logDisk.current), nowMs);
    this.#containerId = id;
    return { id, mustKeep };
  }

  async #record(): Promise<void> {
    if (this.#isTight) requireRoomToCommit(this.space, this.parts.runner);
    await commitRecord(this.parts, this.#unsynced, 'commands');
    this.parts.head.containerId = this.#containerId;
    this.#disksKnown = true;
  }

  /** Goes on in a new segment when this batch might not fit (LOG.md 3). */
  async #makeRoom(batch: readonly Submission[]): Promise<void> {
    const { head, limits } = this.parts;
    const frames = batch.reduce((sum, one) => sum + one.frameBytes + BATCH_HEADER_BYTES, 0);
    const wanted = frames + Math.min(limits.recordBytes, RECORD_BYTES_MAX);
    const isFresh = head.isOpen && head.segment.nextOffset === FIRST_BATCH_OFFSET;
    if (head.isOpen && !head.mustLeave && (isFresh || head.segment.nextOffset + wanted <= limits.segmentBytes)) return;
    await this.#syncOrMove();
    switchSegment(this.parts);
    crashPoint('segment-switched');
  }

  async #failed(batch: readonly Submission[], error: unknown, mayRetry: boolean): Promise<void> {
    const { head, session, runner } = this.parts;
    if (error instanceof EngineStopped) throw error;
    session.rollback();
    const cause = error instanceof BatchLost || error instanceof LogFailed ? error.cause : error;
    if (error instanceof LogFailed && error.mayStand) {
      await this.#leaveSegment(cause, Math.max(head.highestSequence, runner.sequence.sequence));
    }
    this.#hooks.onBatchFailed(cause);
    const freeing = mayRetry && isDiskFull(cause) ? batch.filter(givesSpaceBack) : [];
    const retries = freeing.length > 0 && (this.space.dropBallast() || batch.length > 1);
    this.#refuseForRoom(retries ? batch.filter((one) => !freeing.includes(one)) : batch, batchFailure(cause));
    // Each alone: a large collection finds no room where a delete does.
    if (retries) for (const one of freeing) await this.#commit([one], false);
  }

  async #syncOrMove(): Promise<void> {
    try {
      await this.#sync.syncNow();
    } catch (cause) {
      await this.#leaveSegment(cause, this.parts.head.highestSequence);
    }
  }

  /** A sync behind the answers failed. Whoever waited for it may have left the segment already. */
  async #leaveFailed(cause: unknown): Promise<void> {
    if (this.#sync.hasFailed) await this.#leaveSegment(cause, this.parts.head.highestSequence);
  }

  /** The open segment is not to be trusted any more: goes on in another one. Throws EngineStopped. */
  async #leaveSegment(cause: unknown, highestSequence: number): Promise<void> {
    await this.#sync.settle();
    const { head } = this.parts;
    const { segment } = head;
    const from = { segment: segment.number, length: segment.nextOffset, disk: this.parts.logDisk.current };
    await moveLog(this.parts, { ...from, answered: this.#unsynced.list, highestSequence, cause }, this.space);
    head.highestSequence = Math.max(head.highestSequence, highestSequence);
    this.#sync.moved();
  }

  /** Refuses, but for what waits until a checkpoint gives its room back. */
  #refuseForRoom(batch: readonly Submission[], error: Failure): void {
    const isFull = error.code === 'InsufficientStorage';
    this.#settleAll(isFull ? batch.filter((one) => !this.#waiting.hold(one)) : batch, error);
  }

  #settleAll(batch: readonly Submission[], error: unknown): void {
    this.parts.counters.refusedCommands += batch.length;
    for (const one of batch) one.settle({ ok: false, error });
  }
}
