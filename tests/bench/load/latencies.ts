/** Collects durations in milliseconds and answers percentiles exactly. */
export class Latencies {
  #values = new Float64Array(4096);
  #count = 0;
  #sorted = true;

  add(milliseconds: number): void {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count] = milliseconds;
    this.#count += 1;
    this.#sorted = false;
  }

  get count(): number {
    return this.#count;
  }

  /** Nearest-rank percentile, `share` in 0..1; 0 when nothing was added. */
  percentile(share: number): number {
    if (!this.#sorted) {
      this.#values.subarray(0, this.#count).sort();
      this.#sorted = true;
    }
    const rank = Math.min(this.#count - 1, Math.max(0, Math.ceil(share * this.#count) - 1));
    return this.#count === 0 ? 0 : (this.#values[rank] ?? 0);
  }
}
