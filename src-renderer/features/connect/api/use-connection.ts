import { useQuery } from '@tanstack/react-query';
import { getConnection } from '../../../../src-server/contract/connection.ts';
import { call } from '../../../lib/api.ts';

/** How S3 clients reach the server; it does not change while the server runs. */
export function useConnection() {
  return useQuery({
    queryKey: ['connection'],
    queryFn: ({ signal }) => call(getConnection, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
