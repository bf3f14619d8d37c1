import type { FolderRow } from '../../../../src-server/contract/folder-view.ts';

/** A row of a list; of a search in all buckets with its bucket. */
export type ListRow = FolderRow & { readonly bucket?: string };

export interface RowsAsked {
  readonly offset: number;
  readonly limit: number;
  readonly view?: number;
  readonly fresh?: boolean;
  readonly waitMs?: number;
  readonly locate?: string;
}

interface RowsAnswer {
  readonly view: number;
  readonly asOfMs: number;
  readonly total: number;
  readonly totalBytes: number;
  readonly isComplete: boolean;
  readonly isCut: boolean;
  readonly offset: number;
  readonly rows: readonly ListRow[];
}

export type FetchRows = (asked: RowsAsked, signal: AbortSignal) => Promise<RowsAnswer>;
export type RowsHead = Omit<RowsAnswer, 'rows' | 'offset'>;

export const PAGE_ROWS = 200;
/** Pages that are kept: 8,000 rows, whatever the folder holds. */
const MAX_PAGES = 40;
const MAX_FETCHES = 4;
const LARGEST_FETCH = 1000;
/** How long the server may take before it says how far it is. */
const GROW_WAIT_MS = 2000;
/** Behind every row: such a page is answered when all rows are found, or the time is over. */
const BEHIND_ALL = 10_000_000;
const RANGE_WAIT_MS = 10_000;

/**
 * The rows of a list as far as they are needed: pages around what is in sight, the others forgotten. All pages come from one view
 * of the server, so that a row keeps its number; `load` begins a new one.
 */
export class RowStore {
  static #lastId = 0;
  /** Unlike that of any other list: what is scrolled or active in one means nothing in another. */
  readonly id = ++RowStore.#lastId;
  readonly #fetch: FetchRows;
  readonly #listeners = new Set<() => void>();
  readonly #pages = new Map<number, readonly ListRow[]>();
  readonly #fetching = new Map<number, AbortController>();
  #head: RowsHead | undefined;
  #version = 0;
  #firstInSight = 0;
  #wanted: readonly number[] = [];
  #generation = 0;

  constructor(fetch: FetchRows) {
    this.#fetch = fetch;
  }

  /** Undefined before the first answer. */
  get head(): RowsHead | undefined {
    return this.#head;
  }

  /** Changes with every change of what is shown; for `useSyncExternalStore`. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Undefined: not there yet. */
  rowAt(index: number): ListRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** The number of a row that is there, by what tells it. */
  find(isIt: (row: ListRow) => boolean): number | undefined {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex(isIt);
      if (at >= 0) return page * PAGE_ROWS + at;
    }
    return undefined;
  }

  /** Begins a new view and reads what is in sight; what is shown stays until then. Rejects as `fetch` does. */
  async load(fresh: boolean, signal: AbortSignal): Promise<RowsHead> {
    const first = Math.floor(this.#firstInSight / PAGE_ROWS);
    const answer = await this.#fetch({ offset: first * PAGE_ROWS, limit: PAGE_ROWS, fresh }, signal);
    this.#generation += 1;
    for (const fetching of this.#fetching.values()) fetching.abort();
    this.#fetching.clear();
    this.#pages.clear();
    this.#keep(answer);
    this.#changed();
    if (!answer.isComplete) void this.#grow(this.#generation);
    return answer;
  }

  /** Has the pages of these rows read, those in sight first, and the next ones around them. */
  need(first: number, end: number): void {
    this.#firstInSight = first;
    const pages: number[] = [];
    for (let page = Math.floor(first / PAGE_ROWS); page * PAGE_ROWS < end; page++) pages.push(page);
    this.#wanted = pages;
    for (const [page, fetching] of this.#fetching) {
      if (pages.includes(page)) continue;
      fetching.abort();
      this.#fetching.delete(page);
    }
    this.#fetchWanted();
  }

  /** All rows of a range, read where they are not there. At most `limit` of them. */
  async range(first: number, end: number, signal: AbortSignal): Promise<ListRow[]> {
    const rows: ListRow[] = [];
    for (let at = first; at < end; ) {
      const here = this.rowAt(at);
      if (here !== undefined) {
        rows.push(here);
        at += 1;
        continue;
      }
      const asked = { offset: at, limit: Math.min(LARGEST_FETCH, end - at), waitMs: RANGE_WAIT_MS };
      const answer = await this.#fetch(this.#head === undefined ? asked : { ...asked, view: this.#head.view }, signal);
      if (answer.rows.length === 0) return rows;
      rows.push(...answer.rows);
      at += answer.rows.length;
    }
    return rows;
  }

  /** The number of a named row, and has it read. Undefined where there is none. */
  async locate(name: string, isIt: (row: ListRow) => boolean, signal: AbortSignal): Promise<number | undefined> {
    const known = this.find(isIt);
    if (known !== undefined) return known;
    const asked = { offset: 0, limit: PAGE_ROWS, locate: name, waitMs: RANGE_WAIT_MS };
    const answer = await this.#fetch(this.#head === undefined ? asked : { ...asked, view: this.#head.view }, signal);
    const at = answer.rows.findIndex(isIt);
    return at < 0 ? undefined : answer.offset + at;
  }

  #fetchWanted(): void {
    for (const page of this.#wanted) {
      if (this.#fetching.size >= MAX_FETCHES) return;
      if (this.#isThere(page) || this.#fetching.has(page)) continue;
      void this.#fetchPage(page);
    }
  }

  #isThere(page: number): boolean {
    const rows = this.#pages.get(page);
    const total = this.#head?.total ?? 0;
    return rows !== undefined && rows.length >= Math.min(PAGE_ROWS, total - page * PAGE_ROWS);
  }

  async #fetchPage(page: number): Promise<void> {
    const view = this.#head?.view;
    if (view === undefined) return;
    const controller = new AbortController();
    const generation = this.#generation;
    this.#fetching.set(page, controller);
    try {
      const answer = await this.#fetch({ offset: page * PAGE_ROWS, limit: PAGE_ROWS, view }, controller.signal);
      // A view that the server had to make anew numbers rows otherwise: nothing of the old one is shown beside it.
      if (generation !== this.#generation) return;
      if (answer.view !== view) this.#pages.clear();
      this.#keep(answer);
    } catch {
      // Rows that cannot be read stay empty; scrolling asks again, and the page's own query says what is wrong.
    } finally {
      if (this.#fetching.get(page) === controller) this.#fetching.delete(page);
      if (generation === this.#generation && !controller.signal.aborted) {
        this.#changed();
      }
    }
  }

  /** While the server still finds rows: what is there by now, until that is all. */
  async #grow(generation: number): Promise<void> {
    const { signal } = new AbortController();
    while (generation === this.#generation && this.#head?.isComplete === false) {
      const { view } = this.#head;
      const isEmpty = this.#pages.size === 0 || this.rowAt(0) === undefined;
      const asked = { offset: isEmpty ? 0 : BEHIND_ALL, limit: PAGE_ROWS, view, waitMs: GROW_WAIT_MS };
      try {
        const answer = await this.#fetch(asked, signal);
        if (generation !== this.#generation) return;
        this.#keep(answer);
        this.#changed();
        this.#fetchWanted();
      } catch {
        return;
      }
    }
  }

  #keep(answer: RowsAnswer): void {
    const { rows, offset, ...head } = answer;
    this.#head = head;
    if (rows.length === 0 || offset % PAGE_ROWS !== 0) return;
    const page = offset / PAGE_ROWS;
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    const here = Math.floor(this.#firstInSight / PAGE_ROWS);
    while (this.#pages.size > MAX_PAGES) {
      const farthest = [...this.#pages.keys()].reduce((far, one) =>
        Math.abs(one - here) > Math.abs(far - here) ? one : far,
      );
      this.#pages.delete(farthest);
    }
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
