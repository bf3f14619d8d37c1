import { Failure } from '../../domain/failure.ts';
import type { QueryParameters } from './query-operation.ts';

/** More than any action takes. */
const MAX_PARAMETERS = 1000;
const MAX_MEMBERS = 200;

/**
 * Reads `application/x-www-form-urlencoded` text.
 *
 * @throws Failure ValidationError for too many parameters, or for one that stands twice
 */
export function parseQueryParameters(body: string): QueryParameters {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (values.has(name) || values.size >= MAX_PARAMETERS)
      throw new Failure('ValidationError', 'Duplicate or too many parameters');
    values.set(name, value);
  }
  return new Parameters(values);
}

class Parameters implements QueryParameters {
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  required(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined || value === '') {
      throw new Failure(
        'ValidationError',
        `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
      );
    }
    return value;
  }

  integer(name: string): number | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    if (!/^\d{1,9}$/.test(value)) throw new Failure('ValidationError', `${name} must be a number`);
    return Number(value);
  }

  list(name: string): readonly string[] {
    const found: string[] = [];
    for (let index = 1; index <= MAX_MEMBERS; index += 1) {
      const value = this.#values.get(`${name}.member.${index}`);
      if (value === undefined) break;
      found.push(value);
    }
    return found;
  }

  structures(name: string): readonly ReadonlyMap<string, string>[] {
    const found: ReadonlyMap<string, string>[] = [];
    for (let index = 1; index <= MAX_MEMBERS; index += 1) {
      const prefix = `${name}.member.${index}.`;
      const members = [...this.#values].filter(([key]) => key.startsWith(prefix));
      if (members.length === 0) break;
      found.push(new Map(members.map(([key, value]) => [key.slice(prefix.length), value])));
    }
    return found;
  }
}
