/**
 * Things in use, each found by the number of its slot; a slot is used again once it is free. For what comes and goes with
 * every request, in place of a Map or Set: those leave a chain of outgrown tables in V8's old generation, and with each of
 * them everything that was in use at that moment, until the next full collection.
 */
export class Slots<T extends object> {
  readonly #slots: (T | undefined)[] = [];
  readonly #free: number[] = [];

  get size(): number {
    return this.#slots.length - this.#free.length;
  }

  /** Answers the slot's number. */
  add(value: T): number {
    const number = this.#free.pop() ?? this.#slots.length;
    this.#slots[number] = value;
    return number;
  }

  /** What stood in the slot, which is free from now on; undefined where it was free already. */
  take(number: number): T | undefined {
    const value = this.#slots[number];
    if (value === undefined) return undefined;
    this.#slots[number] = undefined;
    this.#free.push(number);
    return value;
  }

  /** Frees the slot where it still holds `value`; false where it does not, for it may be another's by now. */
  remove(number: number, value: T): boolean {
    return this.#slots[number] === value && this.take(number) !== undefined;
  }

  /** Everything in use with its slot's number. What is added or taken meanwhile may be missed. */
  *entries(): Generator<readonly [number, T]> {
    for (const [number, value] of this.#slots.entries()) {
      if (value !== undefined) yield [number, value];
    }
  }
}
