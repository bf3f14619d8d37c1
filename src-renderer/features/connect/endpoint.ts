import type { Connection } from '../../../src-server/contract/connection.ts';

/** The S3 port as other machines reach it: where the server listens on every address, by the host this page came from. */
export function endpointOf(
  { scheme, host, port }: Pick<Connection, 'scheme' | 'host' | 'port'>,
  pageHost: string,
): string {
  const name = host ?? pageHost;
  return `${scheme}://${name.includes(':') && !name.startsWith('[') ? `[${name}]` : name}:${port}`;
}
