import type { DurabilityMode } from '../../config/schema.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import type { EngineParts } from './engine-parts.ts';
import type { UnsyncedBatches } from './unsynced-batches.ts';

/** Well inside DESIGN §1's one second and thirty seconds, so that a slow sync still keeps the promise. */
const SYNC_EVERY_MS: Readonly<Record<DurabilityMode, number>> = { strict: 0, balanced: 700, relaxed: 25_000 };

/** Balanced and relaxed: syncs the log behind the answers, in its own thread, and says when that failed (LOG.md 11). */
export class SyncSchedule {
  readonly #parts: EngineParts;
  readonly #unsynced: UnsyncedBatches;
  readonly #onFailure: (cause: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;
  /** A sync failed and the log has not left its segment yet: nothing syncs that segment again. */
  #failure: { readonly cause: unknown } | undefined;

  constructor(parts: EngineParts, unsynced: UnsyncedBatches, onFailure: (cause: unknown) => void) {
    this.#parts = parts;
    this.#unsynced = unsynced;
    this.#onFailure = onFailure;
  }

  /** A sync failed, and the log still stands in the segment that failed. */
  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  /** After a batch: something may wait for a sync now. */
  arm(): void {
    if (this.#isStopped || this.#timer !== undefined || this.#failure !== undefined) return;
    if (this.#unsynced.list.length === 0) return;
    const { limits, durability } = this.#parts;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // What waited may be synced by now, and the mode be strict: its own syncs must be the first to hear of a failure.
      if (this.#unsynced.list.length > 0) this.#running ??= this.#syncBehind();
    }, limits.syncEveryMs ?? SYNC_EVERY_MS[durability.current]);
  }

  /** No sync runs when this resolves: the segment may be left and closed. */
  async settle(): Promise<void> {
    await this.#running;
  }

  /** Syncs everything written so far, here and now. Throws the system's error; it must not be tried again. */
  async syncNow(): Promise<void> {
    await this.settle();
    if (this.#failure !== undefined) throw this.#failure.cause;
    if (this.#unsynced.list.length === 0) return;
    this.#parts.counters.syncs += 1;
    try {
      await this.#parts.head.segment.sync();
    } catch (cause) {
      this.#failure = { cause };
      throw cause;
    }
    this.#synced(this.#parts.head.last.sequence);
  }

  /** The log stands in a new segment in which everything answered is synced. */
  moved(): void {
    this.#failure = undefined;
    this.#unsynced.forgetUpTo(this.#parts.head.last.sequence);
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #syncBehind(): Promise<void> {
    const upTo = this.#parts.head.last.sequence;
    this.#parts.counters.syncs += 1;
    try {
      await this.#parts.head.segment.syncInBackground();
      this.#synced(upTo);
    } catch (error) {
      this.#failure = { cause: error };
      this.#onFailure(error);
    } finally {
      this.#running = undefined;
    }
    this.arm();
  }

  #synced(sequence: number): void {
    this.#parts.head.syncedSequence = Math.max(this.#parts.head.syncedSequence, sequence);
    this.#unsynced.forgetUpTo(sequence);
    crashPoint('behind-synced');
  }
}
