import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getStatus } from '../../../../src-server/contract/overview.ts';
import type { Status } from '../../../components/status-word.tsx';
import { call } from '../../../lib/api.ts';
import { onLiveEvent, useIsHeard } from '../../../lib/live-events.ts';

/** The word for the whole appliance, as its stream of events says it. Unknown wherever the stream does not live. */
export function useStatus(): Status {
  const isHeard = useIsHeard();
  const asked = useQuery({ queryKey: ['status'], queryFn: ({ signal }) => call(getStatus, { signal }) });
  const [told, setTold] = useState<Status>();
  useEffect(() => onLiveEvent((event) => event.kind === 'status' && setTold(event.status)), []);
  if (!isHeard) return 'unknown';
  return told ?? asked.data?.status ?? 'unknown';
}
