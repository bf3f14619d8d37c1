const NO_MATCHES: ReadonlyMap<string, string> = new Map();

/**
 * The headers of one request as they stood on the wire: one character per byte (latin1), names in lower case, the lines of
 * one name joined by `,`, as SigV4's canonical form wants them. Nothing is dropped, so what was signed is what is used.
 */
export class RequestHeaders {
  readonly #values: Map<string, string>;

  /** @param raw names and values in turn, as node:http's `rawHeaders` */
  constructor(raw: readonly string[]) {
    const values = new Map<string, string>();
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const name = (raw[i] ?? '').toLowerCase();
      const value = raw[i + 1] ?? '';
      const before = values.get(name);
      values.set(name, before === undefined ? value : `${before},${value}`);
    }
    this.#values = values;
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  names(): IterableIterator<string> {
    return this.#values.keys();
  }

  withPrefix(prefix: string): ReadonlyMap<string, string> {
    let matches: Map<string, string> | undefined;
    for (const [name, value] of this.#values) {
      if (!name.startsWith(prefix)) continue;
      matches ??= new Map();
      matches.set(name, value);
    }
    return matches ?? NO_MATCHES;
  }

  /**
   * Adds a header that a presigned URL carries in its query. A header line of the same name stays as it is.
   *
   * @param value decoded text; kept in the form of the wire, as the others are
   */
  addFromQuery(name: string, value: string): void {
    if (!this.#values.has(name)) this.#values.set(name, Buffer.from(value, 'utf8').toString('latin1'));
  }
}
