import { useQuery } from '@tanstack/react-query';
import { getSupportBundle } from '../../../../src-server/contract/support-bundle.ts';
import { call } from '../../../lib/api.ts';

/** A bundle, put together once and kept as long as it is looked at: what is read is what is downloaded. */
export function useSupportBundle() {
  return useQuery({
    queryKey: ['support-bundle'],
    queryFn: ({ signal }) => call(getSupportBundle, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}
