/** Numbers of statement texts in one segment, from 1, in order of first use. Written side. */
export class StatementDictionary {
  readonly #numbers = new Map<string, number>();
  readonly #texts: string[] = [];

  get size(): number {
    return this.#texts.length;
  }

  /** The text's number; undefined when it stands nowhere in this segment yet. */
  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  add(text: string): number {
    this.#texts.push(text);
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.length;
  }

  /** Forgets what a batch added that was not written after all. */
  truncate(size: number): void {
    for (const text of this.#texts.splice(size)) this.#numbers.delete(text);
  }
}
