import { compareKeys } from '../../domain/listing.ts';
import { FolderIndex } from './folder-index.ts';
import { orderRows, type Sorting } from './order-rows.ts';
import type { PageRequest, ViewSpec } from './view-spec.ts';

/** Rows of one view at most; a folder with more is shown up to there. */
const MAX_ROWS = 4_000_000;
/** Orders of one view that are kept beside the one by name. */
const MAX_ORDERS = 3;

type ViewState =
  | { readonly kind: 'building' | 'complete' | 'abandoned' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** One listing as it was at one time: rows have numbers in it, whatever is written meanwhile. */
export class View {
  readonly id: number;
  readonly spec: ViewSpec;
  readonly asOfMs: number;
  /** Commits of the catalogue when it was begun. */
  readonly commits: bigint;
  readonly index = new FolderIndex();
  state: ViewState = { kind: 'building' };
  lastAskedMs: number;
  /** Ended for want of memory, not of rows. */
  isShort = false;
  buildMs = 0;
  #waiters = new Set<() => void>();
  readonly #orders = new Map<string, Uint32Array | undefined>();

  constructor(id: number, spec: ViewSpec, nowMs: number, commits: bigint) {
    this.id = id;
    this.spec = spec;
    this.asOfMs = nowMs;
    this.lastAskedMs = nowMs;
    this.commits = commits;
  }

  get isWaitedFor(): boolean {
    return this.#waiters.size > 0;
  }

  get isCut(): boolean {
    return this.isShort || this.index.count >= MAX_ROWS;
  }

  get memoryBytes(): number {
    return this.index.memoryBytes + this.#orders.size * this.index.count * Uint32Array.BYTES_PER_ELEMENT;
  }

  /** Tells those who wait that there is more. */
  progressed(): void {
    for (const wake of this.#waiters) wake();
  }

  /** Resolves when `isReady` says so, when the view will grow no more, or at the end of the time. */
  async until(isReady: () => boolean, waitMs: number): Promise<void> {
    if (this.state.kind !== 'building' || isReady()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const check = (): void => {
      if (this.state.kind !== 'building' || isReady()) resolve();
    };
    this.#waiters.add(check);
    const timer = setTimeout(resolve, waitMs);
    await promise;
    clearTimeout(timer);
    this.#waiters.delete(check);
  }

  /** May rows be numbered in this order before all are found? */
  isOrderedWhileGrowing({ by, descending }: Sorting): boolean {
    return by === 'name' && !descending;
  }

  /** Row numbers in this order; undefined: as they stand. Only of a complete view, or `isOrderedWhileGrowing`. */
  order(sorting: Sorting): Uint32Array | undefined {
    const name = `${sorting.by} ${sorting.descending}`;
    if (this.#orders.has(name)) return this.#orders.get(name);
    const order = orderRows(this.index, sorting);
    if (this.state.kind !== 'building') {
      const [oldest] = this.#orders.keys();
      if (this.#orders.size >= MAX_ORDERS && oldest !== undefined) this.#orders.delete(oldest);
      this.#orders.set(name, order);
    }
    return order;
  }

  /** Where the row of a name stands in this order, or the row it would stand before; `position` counts from 0. */
  locate(name: string, { sorting }: PageRequest['spec']): { readonly position: number; readonly isExact: boolean } {
    let low = 0;
    let high = this.index.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareKeys(this.index.names.at(middle), name) < 0) low = middle + 1;
      else high = middle;
    }
    const isExact = low < this.index.count && this.index.names.at(low) === name;
    const order = this.order(sorting);
    return { position: order === undefined ? low : Math.max(0, order.indexOf(low)), isExact };
  }
}
