const WINDOW_MS = 10_000;
const BUCKET_MS = 500;
/** Nothing is said before so much time was measured. */
const MIN_MS = 1000;
/** A longer silence was sleep or a pause: what was measured before it says nothing of now. */
const GAP_MS = 5000;

/** Amount per second over the last ten seconds, without the time that the machine slept. */
export class SpeedMeter {
  #buckets: { startMs: number; amount: number }[] = [];
  #lastMs: number | undefined;

  /** Call also with 0, often enough that a silence is not taken for sleep. */
  add(nowMs: number, amount: number): void {
    if (this.#lastMs !== undefined && nowMs - this.#lastMs > GAP_MS) this.#buckets = [];
    this.#lastMs = nowMs;
    const last = this.#buckets.at(-1);
    if (last !== undefined && nowMs - last.startMs < BUCKET_MS) last.amount += amount;
    else this.#buckets.push({ startMs: nowMs, amount });
    const from = nowMs - WINDOW_MS;
    while (this.#buckets.length > 1 && (this.#buckets[0]?.startMs ?? nowMs) < from) this.#buckets.shift();
  }

  /** Undefined until enough was measured. */
  perSecond(nowMs: number): number | undefined {
    const first = this.#buckets[0];
    if (first === undefined || this.#lastMs === undefined || nowMs - this.#lastMs > GAP_MS) return undefined;
    const passedMs = nowMs - first.startMs;
    if (passedMs < MIN_MS) return undefined;
    const amount = this.#buckets.reduce((sum, bucket) => sum + bucket.amount, 0);
    // A piece that must go again takes back what was counted for it.
    return Math.max(0, (amount * 1000) / passedMs);
  }

  reset(): void {
    this.#buckets = [];
    this.#lastMs = undefined;
  }
}

/** How long the rest will take, ms: by bytes or by files, whichever says longer. Undefined where nothing moves. */
export function remainingMs(
  restFiles: number,
  byBytesMs: number | undefined,
  filesPerSecond: number | undefined,
): number | undefined {
  if (byBytesMs === undefined) return undefined;
  const byFilesMs = restFiles > 1 && (filesPerSecond ?? 0) > 0 ? (restFiles * 1000) / (filesPerSecond ?? 1) : 0;
  return Math.max(byBytesMs, byFilesMs);
}
