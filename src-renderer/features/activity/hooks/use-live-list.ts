import { useCallback, useEffect, useReducer } from 'react';
import { getActivityStream } from '../../../../src-server/contract/activity.ts';
import type { LiveEvent } from '../../../../src-server/contract/events.ts';
import { urlOf } from '../../../lib/api.ts';
import { openEventStream } from '../../../lib/event-stream.ts';
import { type ListItem, NO_ITEMS, reduceList } from '../live-list.ts';

/**
 * A list that grows at its head while the page is open, and stands still while it is paused.
 *
 * @param first what was there when it was asked for, newest first, the same array until it is asked for again; undefined until
 *   it is known
 * @param pick the items of an event, newest first
 */
export function useLiveList<T extends ListItem>(
  show: 'requests' | 'log',
  first: readonly T[] | undefined,
  pick: (event: LiveEvent) => readonly T[],
) {
  const [state, change] = useReducer(reduceList<T>, NO_ITEMS);
  useEffect(() => {
    if (first !== undefined) change({ kind: 'read', items: first });
  }, [first]);
  useEffect(() => {
    const stream = openEventStream(urlOf(getActivityStream.path, {}, { show }), {
      onEvent: (event) => {
        const items = pick(event);
        if (items.length > 0) change({ kind: 'came', items });
      },
    });
    return () => stream.close();
  }, [show, pick]);
  return {
    ...state,
    togglePause: useCallback(() => change({ kind: 'pause' }), []),
    clear: useCallback(() => change({ kind: 'clear' }), []),
  };
}
