/** Least rate at which a client must move its side of a request (SECURITY.md). */
export interface ProgressRule {
  readonly minBytesPerSecond: number;
  /** Time spent waiting for the client before its rate is judged. */
  readonly readWindowMs: number;
  /** Longer, since the kernel takes answers in lumps: a slow but steady reader frees its buffer rarely. */
  readonly writeWindowMs: number;
}

export const DEFAULT_PROGRESS: ProgressRule = { minBytesPerSecond: 1024, readWindowMs: 30_000, writeWindowMs: 120_000 };

/**
 * Judges one direction of a connection by how far it gets while *we* wait for the client; time in which the client waits
 * for us does not count. Small deliveries do not start the clock again.
 */
export class ProgressMeter {
  readonly #windowMs: number;
  readonly #minBytesPerSecond: number;
  #waitingSince: number | undefined;
  #waitedMs = 0;
  #bytesAtStart = 0;

  constructor(windowMs: number, minBytesPerSecond: number) {
    this.#windowMs = windowMs;
    this.#minBytesPerSecond = minBytesPerSecond;
  }

  /** @param nowMs of a monotonic clock, as in the other methods */
  begin(nowMs: number): void {
    this.#waitingSince ??= nowMs;
  }

  end(nowMs: number): void {
    if (this.#waitingSince === undefined) return;
    this.#waitedMs += nowMs - this.#waitingSince;
    this.#waitingSince = undefined;
  }

  /**
   * Is the client too slow? Called now and then; starts a new window when one is over.
   *
   * @param bytes moved in this direction since the connection began
   */
  isTooSlow(nowMs: number, bytes: number): boolean {
    const waitedMs = this.#waitedMs + (this.#waitingSince === undefined ? 0 : nowMs - this.#waitingSince);
    if (waitedMs < this.#windowMs) return false;
    const tooSlow = (bytes - this.#bytesAtStart) * 1000 < this.#minBytesPerSecond * waitedMs;
    this.#bytesAtStart = bytes;
    this.#waitedMs = 0;
    if (this.#waitingSince !== undefined) this.#waitingSince = nowMs;
    return tooSlow;
  }

  /** A new request begins on a connection that has moved so many bytes. */
  restart(bytes: number): void {
    this.#waitingSince = undefined;
    this.#waitedMs = 0;
    this.#bytesAtStart = bytes;
  }
}
