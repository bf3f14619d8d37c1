import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { postPolicyCheck } from '../../../../src-server/contract/bucket-access.ts';
import { call } from '../../../lib/api.ts';

/** How long somebody must have stopped typing. */
const PAUSE_MS = 400;

/** What the server would say of this policy; undefined for none, or while it is asked for the first time. */
export function usePolicyCheck(bucket: string, policy: string) {
  const settled = useSettled(policy);
  const check = useQuery({
    queryKey: ['buckets', bucket, 'policy-check', settled],
    queryFn: ({ signal }) => call(postPolicyCheck, { params: { bucket }, body: { policy: settled }, signal }),
    enabled: settled.trim() !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const isCurrent = settled === policy && !check.isPlaceholderData;
  return { error: check.error, isCurrent, verdict: settled.trim() === '' ? undefined : check.data };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
