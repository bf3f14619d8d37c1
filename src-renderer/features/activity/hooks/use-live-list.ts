import { useCallback, useEffect, useReducer } from 'react';
import { getActivityStream } from '../../../../src-server/contract/activity.ts';
import { type LiveEvent, liveEventSchema } from '../../../../src-server/contract/events.ts';
import { urlOf } from '../../../lib/api.ts';

const KEPT = 1000;

interface State<T> {
  /** Newest first. */
  readonly shown: readonly T[];
  /** Came while the list stood still; newest first. */
  readonly waiting: readonly T[];
  readonly isPaused: boolean;
}

type Change<T> =
  | { readonly kind: 'came'; readonly items: readonly T[] }
  | { readonly kind: 'begin'; readonly items: readonly T[] }
  | { readonly kind: 'pause' }
  | { readonly kind: 'clear' };

function reduce<T>(state: State<T>, change: Change<T>): State<T> {
  switch (change.kind) {
    case 'begin':
      return { ...state, shown: [...state.shown, ...change.items].slice(0, KEPT) };
    case 'came':
      if (state.isPaused) return { ...state, waiting: [...change.items, ...state.waiting].slice(0, KEPT) };
      return { ...state, shown: [...change.items, ...state.shown].slice(0, KEPT) };
    case 'pause':
      if (!state.isPaused) return { ...state, isPaused: true };
      return { shown: [...state.waiting, ...state.shown].slice(0, KEPT), waiting: [], isPaused: false };
    case 'clear':
      return { ...state, shown: [], waiting: [] };
  }
}

/**
 * A list that grows at its head while the page is open, and stands still while it is paused.
 *
 * @param first what was there when the page opened, newest first; undefined until it is known
 * @param pick the items of an event, newest first
 */
export function useLiveList<T>(
  show: 'requests' | 'log',
  first: readonly T[] | undefined,
  pick: (event: LiveEvent) => readonly T[],
) {
  const [state, change] = useReducer(reduce<T>, { shown: [], waiting: [], isPaused: false });
  useEffect(() => {
    if (first !== undefined) change({ kind: 'begin', items: first });
  }, [first]);
  useEffect(() => {
    const source = new EventSource(urlOf(getActivityStream.path, {}, { show }));
    source.onmessage = ({ data }: MessageEvent<string>) => {
      const parsed = liveEventSchema.safeParse(JSON.parse(data));
      const items = parsed.success ? pick(parsed.data) : [];
      if (items.length > 0) change({ kind: 'came', items });
    };
    return () => source.close();
  }, [show, pick]);
  return {
    ...state,
    togglePause: useCallback(() => change({ kind: 'pause' }), []),
    clear: useCallback(() => change({ kind: 'clear' }), []),
  };
}
