import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Migration } from '../../db/migrations/migration.ts';
import { databaseBytes } from '../../db/sqlite/wal.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import type { CommitCore } from '../core/commit-core.ts';
import { CATALOGUE_FILE, type EngineDisk } from '../engine-options.ts';
import { DiskVanished, ensureFolder } from '../log/file-io.ts';
import { disksOf } from '../recovery/recover-context.ts';
import type { CatalogueTask, CatalogueTaskResult } from './catalogue-tasks.ts';
import {
  CHECKPOINT_FOLDER,
  type CheckpointManifest,
  checkpointName,
  type FoundCheckpoint,
  findCheckpoints,
  removeCheckpoint,
  writeManifest,
} from './checkpoint-files.ts';

/** Runs a task in a thread of its own. */
export type RunCatalogueTask = (task: CatalogueTask) => Promise<CatalogueTaskResult>;

const KEPT = 2;
/** Not a checkpoint's name: what is left of it after a crash never counts. */
const UNFINISHED = 'unfinished.db';

/** Decides when a checkpoint of the catalogue is due, makes it, and keeps the two newest on each disk (LOG.md 21). */
export class CheckpointKeeper {
  readonly #core: CommitCore;
  readonly #migrations: readonly Migration[];
  readonly #runTask: RunCatalogueTask;
  #newest: CheckpointManifest | undefined;
  #secondNewestSequence = 0;
  #recordBytesAtLast = 0;
  #triedMs: number;
  #running: Promise<CheckpointManifest> | undefined;

  constructor(core: CommitCore, migrations: readonly Migration[], runTask: RunCatalogueTask) {
    this.#core = core;
    this.#migrations = migrations;
    this.#runTask = runTask;
    this.#triedMs = core.parts.nowMs();
    this.#look();
  }

  get newest(): CheckpointManifest | undefined {
    return this.#newest;
  }

  /** Log segments up to this sequence are not needed to rebuild the catalogue, even if the newest checkpoint is lost. */
  get releasableSequence(): number {
    return this.#secondNewestSequence;
  }

  /** Is one due now? At most one attempt in `checkpointPauseMs`. */
  isDue(): boolean {
    const { parts } = this.#core;
    const { limits, counters } = parts;
    const nowMs = parts.nowMs();
    if (this.#running !== undefined || nowMs - this.#triedMs < limits.checkpointPauseMs) return false;
    if (parts.head.last.sequence === this.#newest?.appliedSequence) return false;
    const written = counters.recordBytesWritten - this.#recordBytesAtLast;
    // Segments of the log go only behind a checkpoint: where space is short none waits for its day.
    if (written > 0 && this.#core.isTight) return true;
    if (written > Math.max(limits.checkpointBytes, databaseBytes(parts.db) / 2)) return true;
    return nowMs - (this.#newest?.createdMs ?? 0) > limits.checkpointEveryMs;
  }

  /**
   * Makes a checkpoint, or joins the one that is being made. Rejects when it was given up or failed; the older ones stay.
   */
  make(): Promise<CheckpointManifest> {
    if (this.#running !== undefined) return this.#running;
    this.#running = this.#make().finally(() => {
      this.#running = undefined;
    });
    this.#core.expectRoom(this.#running);
    return this.#running;
  }

  async #make(): Promise<CheckpointManifest> {
    const { parts } = this.#core;
    this.#triedMs = parts.nowMs();
    const recordBytes = parts.counters.recordBytesWritten;
    if (this.#newest !== undefined && this.#newest.appliedSequence === parts.head.last.sequence) return this.#newest;
    const disk = parts.logDisk.current;
    // Half of one would take the space that deletes live on.
    const isRoom = this.#core.space.allows('copy', databaseBytes(parts.db), disk.device);
    if (!isRoom) throw new Error(`disk ${disk.name} has no room for a checkpoint`);
    const target = this.#unfinishedPath(disk);
    crashPoint('checkpoint-start');
    const result = await this.#runTask({
      kind: 'copy',
      live: join(parts.options.dataDir, CATALOGUE_FILE),
      target,
      nowMs: parts.nowMs(),
      walAbortBytes: parts.limits.walAbortBytes,
      migrations: this.#migrations,
    });
    if (result.kind !== 'copied') throw new Error(`the copy task answered ${result.kind}`);
    crashPoint('checkpoint-copied');
    // A checkpoint must not be ahead of the log that it is to be continued by.
    await this.#core.syncPast(result.manifest.appliedSequence);
    this.#publish(disk, target, result.manifest);
    await this.#copyToSecondDisk(disk, result.manifest);
    this.#recordBytesAtLast = recordBytes;
    this.#prune();
    this.#look();
    crashPoint('checkpoint-pruned');
    return result.manifest;
  }

  /** Content first, then name, then manifest: each durable before the next. */
  #publish(disk: EngineDisk, unfinished: string, manifest: CheckpointManifest): void {
    const { io } = this.#core.parts;
    if (statSync(unfinished).dev !== disk.device) {
      rmSync(unfinished, { force: true });
      throw new DiskVanished(`${disk.path} is on another device now`);
    }
    const folder = join(disk.path, CHECKPOINT_FOLDER);
    renameSync(unfinished, join(folder, checkpointName(manifest.appliedSequence)));
    io.syncFolder(folder);
    crashPoint('checkpoint-renamed');
    writeManifest(io, disk, manifest);
    crashPoint('checkpoint-published');
  }

  async #copyToSecondDisk(first: EngineDisk, manifest: CheckpointManifest): Promise<void> {
    const second = disksOf(this.#core.parts.options).find((disk) => disk.device !== first.device);
    const other = second ?? disksOf(this.#core.parts.options).find((disk) => disk.uuid !== first.uuid);
    if (other === undefined) return;
    const target = this.#unfinishedPath(other);
    const source = join(first.path, CHECKPOINT_FOLDER, checkpointName(manifest.appliedSequence));
    await this.#runTask({ kind: 'duplicate', source, target, crc32c: manifest.crc32c });
    this.#publish(other, target, manifest);
  }

  #unfinishedPath(disk: EngineDisk): string {
    const path = join(ensureFolder(this.#core.parts.io, disk.path, CHECKPOINT_FOLDER), UNFINISHED);
    rmSync(path, { force: true });
    return path;
  }

  #prune(): void {
    for (const disk of disksOf(this.#core.parts.options)) {
      for (const old of this.#own([disk]).slice(KEPT)) removeCheckpoint(this.#core.parts.io, old);
    }
  }

  /** Newest first. Those of a log that was given up (salvage began another) stay, and count for nothing. */
  #own(disks: readonly EngineDisk[]): FoundCheckpoint[] {
    const logId = this.#core.parts.head.logId.toString('hex');
    return findCheckpoints(disks).filter((one) => one.manifest.logId === logId);
  }

  #look(): void {
    const own = this.#own(disksOf(this.#core.parts.options));
    this.#newest = own[0]?.manifest;
    const sequences = [...new Set(own.map((one) => one.manifest.appliedSequence))];
    this.#secondNewestSequence = sequences[1] ?? 0;
  }
}
