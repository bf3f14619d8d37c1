import { findLockClock } from '../../db/tables/lock-clock.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { type ClockReading, hasJumpedAhead, type LockHold, lockClockAtStart } from '../../domain/lock-clock.ts';
import { monotonicMs } from '../../platform/lock-clock.ts';
import type { ServiceContext } from '../context.ts';

/** A crash loses at most this much of monotonic time, which the wall clock makes good. */
const SAVE_EVERY_MS = 300_000;

export interface LockClockKeeperOptions {
  /** False where the log refuses writes: the clock runs, nothing of it is saved. */
  readonly maySave: boolean;
  readonly monotonicMs?: () => number;
}

/** Starts this process's clock of locks, watches the wall clock beside it and saves it now and then. One for all threads. */
export class LockClockKeeper {
  readonly #context: Pick<ServiceContext, 'catalogue' | 'engine' | 'lockClock' | 'now' | 'log'>;
  readonly #maySave: boolean;
  readonly #monotonicMs: () => number;
  #last: ClockReading;
  #savedAtMs = Number.NEGATIVE_INFINITY;
  /** Found, and not in the catalogue yet. */
  #unsaved: LockHold | undefined;

  constructor(
    context: Pick<ServiceContext, 'catalogue' | 'engine' | 'lockClock' | 'now' | 'log'>,
    options: LockClockKeeperOptions,
  ) {
    this.#context = context;
    this.#maySave = options.maySave;
    this.#monotonicMs = options.monotonicMs ?? (() => Number(monotonicMs()));
    this.#last = this.#reading();
  }

  /** Before anything is written. Rejects where the catalogue does. */
  async start(): Promise<void> {
    const { catalogue, lockClock, now } = this.#context;
    const saved = await catalogue.read((tx) => findLockClock(tx));
    const { trustedMs, hold } = lockClockAtStart(saved, now());
    this.#last = this.#reading();
    if (hold === undefined) lockClock.run(trustedMs);
    else {
      lockClock.hold(trustedMs);
      this.#warn(hold);
    }
    this.#unsaved = hold;
    await this.#save();
  }

  /** Every few seconds: holds all expiries where the wall clock jumped, saves when it is time. */
  async tick(): Promise<void> {
    const { lockClock } = this.#context;
    const reading = this.#reading();
    const jumped = !lockClock.isHeld && hasJumpedAhead(this.#last, reading);
    this.#last = reading;
    if (jumped) {
      const trustedMs = lockClock.nowMs();
      lockClock.hold(trustedMs);
      this.#unsaved = { trustedMs, wallMs: reading.wallMs as EpochMs, while: 'running' };
      this.#warn(this.#unsaved);
    }
    if (this.#unsaved !== undefined || reading.monotonicMs - this.#savedAtMs >= SAVE_EVERY_MS) await this.#save();
  }

  /** At the end, so that the next start knows. */
  async stop(): Promise<void> {
    await this.#save();
  }

  async #save(): Promise<void> {
    if (!this.#maySave) return;
    const { engine, lockClock } = this.#context;
    await engine.submit('save-lock-clock', { trustedMs: lockClock.nowMs(), hold: this.#unsaved });
    this.#unsaved = undefined;
    this.#savedAtMs = this.#monotonicMs();
  }

  #reading(): ClockReading {
    return { wallMs: this.#context.now(), monotonicMs: this.#monotonicMs() };
  }

  #warn({ trustedMs, wallMs }: LockHold): void {
    const times = { lockTime: new Date(trustedMs).toISOString(), wallClock: new Date(wallMs).toISOString() };
    this.#context.log.warn(times, 'the clock jumped ahead: no object lock ends until an admin confirms the time');
  }
}
