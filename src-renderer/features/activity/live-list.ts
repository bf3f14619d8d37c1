const KEPT = 1000;

export interface ListItem {
  readonly atMs: number;
}

interface LiveListState<T> {
  /** Newest first. */
  readonly shown: readonly T[];
  /** Came while the list stood still; newest first. */
  readonly waiting: readonly T[];
  readonly isPaused: boolean;
  /** What is not newer was cleared away. */
  readonly clearedAtMs: number;
}

type LiveListChange<T> =
  | { readonly kind: 'came'; readonly items: readonly T[] }
  /** Was asked for: what was there when the page opened, or what a broken stream did not bring. */
  | { readonly kind: 'read'; readonly items: readonly T[] }
  | { readonly kind: 'pause' }
  | { readonly kind: 'clear' };

export const NO_ITEMS = { shown: [], waiting: [], isPaused: false, clearedAtMs: 0 };

/** A list that grows at its head and can stand still. Items may be in it twice: once read, once streamed. */
export function reduceList<T extends ListItem>(state: LiveListState<T>, change: LiveListChange<T>): LiveListState<T> {
  switch (change.kind) {
    case 'read': {
      const items = change.items.filter(({ atMs }) => atMs > state.clearedAtMs);
      return { ...state, shown: newestFirst([...state.shown, ...items]) };
    }
    case 'came':
      if (state.isPaused) return { ...state, waiting: [...change.items, ...state.waiting].slice(0, KEPT) };
      return { ...state, shown: [...change.items, ...state.shown].slice(0, KEPT) };
    case 'pause':
      if (!state.isPaused) return { ...state, isPaused: true };
      return { ...state, shown: newestFirst([...state.waiting, ...state.shown]), waiting: [], isPaused: false };
    case 'clear': {
      const clearedAtMs = Math.max(state.clearedAtMs, ...[...state.shown, ...state.waiting].map(({ atMs }) => atMs));
      return { ...state, shown: [], waiting: [], clearedAtMs };
    }
  }
}

/** Of the same millisecond as they stand. */
function newestFirst<T extends ListItem>(items: readonly T[]): readonly T[] {
  return items.toSorted((a, b) => b.atMs - a.atMs).slice(0, KEPT);
}
