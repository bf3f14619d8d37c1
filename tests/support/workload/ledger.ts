import { seededBytes } from '../seeded.ts';

/** What a key holds: a body that is known by the name it was made from. */
export type KeyState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'object'; readonly seed: string; readonly sizeBytes: number };

export const ABSENT: KeyState = { kind: 'absent' };

interface Entry {
  acknowledged: KeyState;
  /** Changes that were sent and not answered: after a crash the key may hold one of these or what was acknowledged. */
  pending: readonly KeyState[];
}

/** What the server answered for each key of one bucket, and what it may or may not have done. Kept outside the server. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  acknowledgedWrites = 0;

  get keys(): readonly string[] {
    return [...this.#entries.keys()];
  }

  state(key: string): KeyState {
    return this.#entries.get(key)?.acknowledged ?? ABSENT;
  }

  /** Call before the request is sent. */
  begin(key: string, next: KeyState): void {
    const entry = this.#entries.get(key) ?? { acknowledged: ABSENT, pending: [] };
    this.#entries.set(key, { ...entry, pending: [...entry.pending, next] });
  }

  /** The server answered 2xx. */
  acknowledge(key: string): void {
    const entry = this.#entries.get(key);
    const answered = entry?.pending.at(-1);
    if (answered === undefined) throw new Error(`nothing pending for ${key}`);
    this.#entries.set(key, { acknowledged: answered, pending: [] });
    this.acknowledgedWrites += 1;
  }

  /** The server answered an error: nothing may have changed by the change that was sent last. */
  refuse(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) this.#entries.set(key, { ...entry, pending: entry.pending.slice(0, -1) });
  }

  /**
   * After a restart: settles the key on what the server shows. Answers a complaint when that is neither what was
   * acknowledged nor what was pending.
   */
  settle(key: string, shown: Buffer | undefined): string | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return `${key}: shown but never written`;
    const candidates = [entry.acknowledged, ...entry.pending];
    const held = candidates.find((state) => matches(state, shown));
    if (held === undefined) return `${key}: ${describe(shown)}, expected ${candidates.map(describeState).join(' or ')}`;
    this.#entries.set(key, { acknowledged: held, pending: [] });
    return undefined;
  }
}

/** The bytes of a state; an absent one has none. */
export function bodyOf(state: KeyState): Buffer | undefined {
  return state.kind === 'absent' ? undefined : seededBytes(state.seed, state.sizeBytes);
}

function matches(state: KeyState, shown: Buffer | undefined): boolean {
  const expected = bodyOf(state);
  return expected === undefined || shown === undefined ? expected === shown : expected.equals(shown);
}

function describe(shown: Buffer | undefined): string {
  return shown === undefined ? 'absent' : `${shown.length} bytes`;
}

function describeState(state: KeyState): string {
  return state.kind === 'absent' ? 'absent' : `${state.sizeBytes} bytes of ${state.seed}`;
}
