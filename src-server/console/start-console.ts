import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import { urlHost } from '../config/address.ts';
import type { Address } from '../config/schema.ts';
import type { TlsPair } from '../config/tls-pair.ts';
import { limitConnections } from '../platform/limit-connections.ts';
import type { ServiceContext } from '../services/context.ts';
import { createConsoleApp } from './console-app.ts';
import type { ConsoleFacts } from './endpoint.ts';
import { ENDPOINTS } from './endpoints/index.ts';
import { CLOSING } from './send-events.ts';

export interface ConsoleOptions extends ConsoleFacts {
  readonly address: Address;
  readonly tls: TlsPair | undefined;
  readonly maxConnectionsPerAddress?: number;
}

export interface ConsoleServer {
  /** With the port that was really given. */
  readonly url: string;
  /** Later connections use this pair. Throws where it cannot be used, and keeps the old one. */
  reloadTls(pair: TlsPair): void;
  /** Takes no new connection, lets requests finish, cuts off what still runs after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

const HTTP_LIMITS = {
  headersTimeout: 10_000,
  // Uploads take as long as they take, while enough bytes come (`uploadBody`); `readJsonBody` has a deadline of its own.
  requestTimeout: 0,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 16 * 1024,
};
/** A connection on which nothing moves for so long is cut off. */
const IDLE_SOCKET_MS = 60_000;
const MAX_CONNECTIONS = 1024;
/** Enough for an office behind one address, too little to keep everybody else out. */
const MAX_CONNECTIONS_PER_ADDRESS = 256;
const IDLE_SWEEP_MS = 50;

/** Listens on the console address. Throws the system's error where it cannot. */
export async function startConsole(context: ServiceContext, options: ConsoleOptions): Promise<ConsoleServer> {
  const app = createConsoleApp(context, options, ENDPOINTS);
  const handler = app.callback();
  const server =
    options.tls === undefined
      ? createHttpServer(HTTP_LIMITS, handler)
      : createHttpsServer({ ...HTTP_LIMITS, ...options.tls, minVersion: 'TLSv1.2' }, handler);
  server.timeout = IDLE_SOCKET_MS;
  limitConnections(server, {
    all: MAX_CONNECTIONS,
    perAddress: options.maxConnectionsPerAddress ?? MAX_CONNECTIONS_PER_ADDRESS,
  });
  await listen(server, options.address);
  const scheme = options.tls === undefined ? 'http' : 'https';
  return {
    url: `${scheme}://${urlHost(options.address.host)}:${portOf(server)}`,
    reloadTls: (pair) => {
      if (server instanceof HttpsServer) server.setSecureContext({ ...pair, minVersion: 'TLSv1.2' });
    },
    close: (graceMs) => {
      const closed = closeServer(server, graceMs);
      app.emit(CLOSING);
      return closed;
    },
  };
}

function listen(server: Server, { host, port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

/** A request that ends keeps its connection for the next one, so idle ones are swept until none is left. */
async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
