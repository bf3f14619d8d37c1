import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { getOverview, type NowView } from '../../../../src-server/contract/overview.ts';
import { call } from '../../../lib/api.ts';
import { onLiveEvent } from '../../../lib/live-events.ts';

const KEY = ['overview'] as const;
/** Space and contacts change slowly; what needs attention comes with the events. */
const EVERY_MS = 30_000;

/** Everything about the appliance as a whole, for who operates it. */
export function useOverview(isAsked = true) {
  const client = useQueryClient();
  const told = useRef('');
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind !== 'status') return;
        const word = `${event.status} ${event.attention}`;
        if (told.current !== '' && told.current !== word) void client.invalidateQueries({ queryKey: KEY });
        told.current = word;
      }),
    [client],
  );
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call(getOverview, { signal }),
    refetchInterval: EVERY_MS,
    enabled: isAsked,
  });
}

/** What happens now: as last told, else as the overview said. */
export function useNow(asked: NowView | null): NowView | null {
  const [told, setTold] = useState<NowView>();
  useEffect(
    () =>
      onLiveEvent((event) => {
        if (event.kind !== 'now') return;
        const { kind: _kind, ...now } = event;
        setTold(now);
      }),
    [],
  );
  return told ?? asked;
}
