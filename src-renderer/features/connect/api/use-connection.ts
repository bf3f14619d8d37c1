import { useQuery } from '@tanstack/react-query';
import { type Connection, getConnection } from '../../../../src-server/contract/connection.ts';
import { call } from '../../../lib/api.ts';

/** How S3 clients reach the server; it does not change while the server runs. */
export function useConnection() {
  return useQuery({
    queryKey: ['connection'],
    queryFn: ({ signal }) => call(getConnection, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The address for clients: a server that listens everywhere is reached by the name that this page was. */
export function endpointOf({ scheme, host, port }: Connection): string {
  const name = host ?? location.hostname;
  const isIpv6 = name.includes(':') && !name.startsWith('[');
  return `${scheme}://${isIpv6 ? `[${name}]` : name}:${port}`;
}
