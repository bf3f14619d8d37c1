/** Of the six connections that a browser opens to a server one is the events', and the page needs one. */
export const MAX_LANES = 4;
const START_LANES = 3;
/** So many requests in a row must go well before one more is tried. */
const GOOD_RUN = 6;

/** How many requests are under way at once: one more after a good run, half as many where the server is at its limit. */
export class Lanes {
  #limit = START_LANES;
  #good = 0;

  get limit(): number {
    return this.#limit;
  }

  wentWell(): void {
    this.#good += 1;
    if (this.#good < GOOD_RUN || this.#limit >= MAX_LANES) return;
    this.#good = 0;
    this.#limit += 1;
  }

  wasTooMuch(): void {
    this.#good = 0;
    this.#limit = Math.max(1, Math.floor(this.#limit / 2));
  }
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/** How long to wait before try number `tries` (from 0). */
export function backOffMs(tries: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(tries, 10));
}

/** How many bytes a batch of small files may have, so that it takes about a second. */
export function batchBytesFor(bytesPerSecond: number | undefined, maxBytes: number): number {
  const LEAST_BYTES = 256 * 1024;
  return Math.min(maxBytes, Math.max(LEAST_BYTES, bytesPerSecond ?? 1024 * 1024));
}
