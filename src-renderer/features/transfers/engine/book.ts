import type { Filter } from './filters.ts';
import { TRANSFER_STATES, type Transfer, type TransferState } from './transfer.ts';

/** Files, their bytes and what of these was sent. */
interface Sum {
  files: number;
  bytes: number;
  sent: number;
}
type Totals = Readonly<Record<TransferState, Readonly<Sum>>>;

/** What moves stands first, what is through last. */
const ORDER: readonly TransferState[] = [
  'sending',
  'conflict',
  'needs-file',
  'failed',
  'waiting',
  'paused',
  'done',
  'skipped',
];
const SHOWN: Readonly<Record<Filter, readonly TransferState[]>> = {
  all: ORDER,
  active: ['sending', 'conflict', 'needs-file', 'waiting', 'paused'],
  failed: ['failed'],
  done: ['done', 'skipped'],
};

/** All transfers by state, with sums that are kept up to date instead of counted anew. */
export class TransferBook {
  readonly #byId = new Map<string, Transfer>();
  readonly #sums: Record<TransferState, Sum> = emptySums();
  /** In the order in which they came to that state. */
  readonly #byState = new Map<TransferState, Set<Transfer>>(TRANSFER_STATES.map((state) => [state, new Set()]));
  #version = 0;
  readonly #lists = new Map<Filter, { readonly version: number; readonly items: readonly Transfer[] }>();

  /** Rises with every change. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#byId.size;
  }

  get totals(): Totals {
    return this.#sums;
  }

  get(id: string): Transfer | undefined {
    return this.#byId.get(id);
  }

  in(state: TransferState): ReadonlySet<Transfer> {
    return this.#setOf(state);
  }

  add(transfer: Transfer): void {
    this.#byId.set(transfer.id, transfer);
    this.#enter(transfer);
  }

  remove(transfer: Transfer): void {
    if (!this.#byId.delete(transfer.id)) return;
    this.#leave(transfer);
  }

  setState(transfer: Transfer, state: TransferState): void {
    if (transfer.state === state || !this.#byId.has(transfer.id)) return;
    this.#leave(transfer);
    transfer.state = state;
    this.#enter(transfer);
  }

  /** Counts bytes of it as sent, or takes them back. */
  addSent(transfer: Transfer, bytes: number): void {
    if (bytes === 0) return;
    transfer.sentBytes += bytes;
    if (!this.#byId.has(transfer.id)) return;
    this.#sums[transfer.state].sent += bytes;
    this.#version += 1;
  }

  /** Those that a filter shows. Made anew only where something changed. */
  list(filter: Filter): readonly Transfer[] {
    const known = this.#lists.get(filter);
    if (known?.version === this.#version) return known.items;
    const items: Transfer[] = [];
    for (const state of SHOWN[filter]) for (const transfer of this.#setOf(state)) items.push(transfer);
    this.#lists.set(filter, { version: this.#version, items });
    return items;
  }

  count(filter: Filter): number {
    return SHOWN[filter].reduce((sum, state) => sum + this.#sums[state].files, 0);
  }

  #setOf(state: TransferState): Set<Transfer> {
    const found = this.#byState.get(state);
    if (found === undefined) throw new Error(`no transfers are ${state}`);
    return found;
  }

  #enter(transfer: Transfer): void {
    this.#setOf(transfer.state).add(transfer);
    const sum = this.#sums[transfer.state];
    sum.files += 1;
    sum.bytes += transfer.sizeBytes;
    sum.sent += transfer.sentBytes;
    this.#version += 1;
  }

  #leave(transfer: Transfer): void {
    this.#setOf(transfer.state).delete(transfer);
    const sum = this.#sums[transfer.state];
    sum.files -= 1;
    sum.bytes -= transfer.sizeBytes;
    sum.sent -= transfer.sentBytes;
    this.#version += 1;
  }
}

function emptySums(): Record<TransferState, Sum> {
  const empty = (): Sum => ({ files: 0, bytes: 0, sent: 0 });
  return {
    waiting: empty(),
    sending: empty(),
    paused: empty(),
    conflict: empty(),
    'needs-file': empty(),
    failed: empty(),
    done: empty(),
    skipped: empty(),
  };
}
