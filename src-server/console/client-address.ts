import type { IncomingMessage } from 'node:http';

/** The address the request came from by its socket; headers of proxies are not believed. */
export function clientAddress({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').toLowerCase().replace(/^::ffff:/, '');
}
