import { limitAt, NO_LIMITS, type PaceLimit, type PaceSettings } from './quiet-hours.ts';

interface PacePorts {
  now(): number;
  /** Calls `run` after `ms`; what it returns stops that. */
  after(ms: number, run: () => void): () => void;
}

/** What may go out at once after a rest, in time of the limit. */
const BURST_MS = 500;
/** A limit that changes by the clock is looked at this often while all wait. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Holds what goes out to a rate: a bucket that fills with time and may be overdrawn by one request. A browser sends a request
 * as fast as the line takes it, so the rate is kept between requests: the next one starts when the last one is paid for.
 */
export class Pace {
  readonly #ports: PacePorts;
  readonly #onChange: () => void;
  #settings: PaceSettings = NO_LIMITS;
  #limit: PaceLimit = { bytesPerSecond: undefined, untilMs: undefined, isQuiet: false };
  #balanceBytes = 0;
  #filledAtMs: number;
  #stopTimer: (() => void) | undefined;

  /** `onChange`: something may start, or the limit is another one. */
  constructor(ports: PacePorts, onChange: () => void) {
    this.#ports = ports;
    this.#onChange = onChange;
    this.#filledAtMs = ports.now();
  }

  /** Takes effect at once: what is under way goes on, and is paid for before anything else starts. */
  set(settings: PaceSettings): void {
    this.#settings = settings;
    this.#refresh();
    this.#onChange();
  }

  get settings(): PaceSettings {
    return this.#settings;
  }

  get limit(): PaceLimit {
    this.#refresh();
    return this.#limit;
  }

  /** May a request start now? Where not, `onChange` is called when one may. */
  mayStart(): boolean {
    const { bytesPerSecond } = this.limit;
    if (bytesPerSecond === undefined) return true;
    this.#fill(bytesPerSecond);
    if (this.#balanceBytes >= 0) return true;
    this.#wakeIn((-this.#balanceBytes / bytesPerSecond) * 1000);
    return false;
  }

  /** So much went out, here or in another page of this browser. */
  spent(bytes: number): void {
    const { bytesPerSecond } = this.limit;
    if (bytesPerSecond === undefined) return;
    this.#fill(bytesPerSecond);
    this.#balanceBytes -= bytes;
  }

  close(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #fill(bytesPerSecond: number): void {
    const nowMs = this.#ports.now();
    const passedMs = Math.max(0, nowMs - this.#filledAtMs);
    this.#filledAtMs = nowMs;
    const mostBytes = (bytesPerSecond * BURST_MS) / 1000;
    this.#balanceBytes = Math.min(mostBytes, this.#balanceBytes + (bytesPerSecond * passedMs) / 1000);
  }

  /** Debts were made under a limit: another one begins without. */
  #refresh(): void {
    const nowMs = this.#ports.now();
    const before = this.#limit.bytesPerSecond;
    this.#limit = limitAt(this.#settings, nowMs);
    if (this.#limit.bytesPerSecond === before) return;
    this.#balanceBytes = 0;
    this.#filledAtMs = nowMs;
  }

  #wakeIn(ms: number): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#ports.after(Math.min(LONGEST_WAIT_MS, Math.ceil(ms)), () => {
      this.#stopTimer = undefined;
      this.#onChange();
    });
  }
}
