import type { LockClock } from '../../platform/lock-clock.ts';
import type { LockClockKeeper } from '../../services/locks/lock-clock-keeper.ts';
import type { Job, JobFacts, StepOutcome } from '../job.ts';

const LOOK_EVERY_MS = 10_000;

/** Watches the wall clock beside the clock of locks, and saves that one now and then. */
export class LockClockJob implements Job {
  readonly name = 'lock-clock';
  readonly #keeper: LockClockKeeper;
  readonly #clock: LockClock;

  constructor(keeper: LockClockKeeper, clock: LockClock) {
    this.#keeper = keeper;
    this.#clock = clock;
  }

  async step(): Promise<StepOutcome> {
    await this.#keeper.tick();
    return { kind: 'rest', forMs: LOOK_EVERY_MS };
  }

  facts(): JobFacts {
    return { lockTime: new Date(this.#clock.nowMs()).toISOString(), expiries: this.#clock.isHeld ? 'held' : 'running' };
  }
}
