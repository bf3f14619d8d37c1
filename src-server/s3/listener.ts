import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Failure } from '../domain/failure.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { S3Metrics } from '../observability/s3-metrics.ts';
import { limitConnections } from '../platform/limit-connections.ts';
import { DEFAULT_PROGRESS, type ProgressRule } from '../platform/progress.ts';
import { Slots } from '../platform/slots.ts';
import { clientOrigin } from '../services/client-origin.ts';
import type { ServiceContext } from '../services/context.ts';
import { type RequestWitnesses, recordRequest } from './access-log.ts';
import { Exchange } from './http/exchange.ts';
import { refuseConnection } from './http/refuse-connection.ts';
import { OPERATION_TABLE } from './operation-table/index.ts';
import { createMatcher } from './operation-table/match.ts';
import type { AnyOperationRow } from './operation-table/row.ts';
import { type PipelineSetup, type RequestRecord, serve } from './pipeline.ts';

/** PEM texts. */
export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
}

export interface S3ListenerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly tls?: TlsMaterial | undefined;
  readonly metrics?: S3Metrics | undefined;
  readonly recorder?: RequestRecorder | undefined;
  /** Several threads listen on the same port (Linux). */
  readonly reusePort?: boolean;
  readonly progress?: ProgressRule;
  /** How often clients are looked at for progress. */
  readonly sweepMs?: number;
  /** Other rows than AWS's, for tests of the pipeline. */
  readonly table?: readonly AnyOperationRow[];
  readonly headersTimeoutMs?: number;
  readonly maxConnections?: number;
  readonly maxConnectionsPerAddress?: number;
}

export interface S3Listener {
  readonly address: AddressInfo;
  /** Takes no more connections, ends the idle ones, waits for running requests until the deadline, then cuts them off. */
  close(deadlineMs?: number): Promise<void>;
  /** New connections get this certificate; running ones keep theirs. Throws where it and its key do not fit. */
  reloadTls(tls: TlsMaterial): void;
}

const BAD_FRAMING = 'The request body is not well-formed HTTP';
const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 65_000;
const DEFAULT_SWEEP_MS = 5000;
const CLOSE_SWEEP_MS = 50;
const DEFAULT_CLOSE_DEADLINE_MS = 30_000;
const DEFAULT_MAX_CONNECTIONS = 8192;
const DEFAULT_MAX_CONNECTIONS_PER_ADDRESS = 2048;

/** Opens the S3 port and serves it until closed. Rejects where the address cannot be had. */
export async function startS3Listener(context: ServiceContext, options: S3ListenerOptions): Promise<S3Listener> {
  const hostId = randomBytes(36).toString('base64');
  const setup: PipelineSetup = { context, match: createMatcher(options.table ?? OPERATION_TABLE), hostId };
  const witnesses: RequestWitnesses = { metrics: options.metrics, recorder: options.recorder };
  const exchanges = new Slots<Exchange>();
  const newest = new NewestExchanges();
  const progress = options.progress ?? DEFAULT_PROGRESS;
  const server = createServer(options.tls, options.headersTimeoutMs ?? HEADERS_TIMEOUT_MS);
  const accept = (request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void => {
    const exchange = new Exchange(request, response, awaitsContinue, {
      rule: progress,
      origin: clientOrigin(context.config, request),
    });
    const slot = exchanges.add(exchange);
    newest.add(exchange);
    if (!server.listening) response.shouldKeepAlive = false;
    serveExchange(setup, exchange, witnesses, () => {
      exchanges.remove(slot, exchange);
      newest.forget(exchange);
    });
  };
  server.on('request', (request, response) => accept(request, response, false));
  server.on('checkContinue', (request, response) => accept(request, response, true));
  // Another expectation may be ignored (RFC 9110 §10.1.1); left to node it would be answered past the pipeline.
  server.on('checkExpectation', (request, response) => accept(request, response, false));
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const exchange = newest.of(socket);
    if (exchange === undefined) refuseConnection(error, socket, hostId);
    else brokenFraming(error, exchange);
  });
  // Headers are limited by their bytes. Node would drop those beyond a count, and what was signed must be what is used.
  server.maxHeadersCount = 0;
  limitConnections(server, {
    all: options.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
    perAddress: options.maxConnectionsPerAddress ?? DEFAULT_MAX_CONNECTIONS_PER_ADDRESS,
  });
  const sweeper = setInterval(() => {
    const now = performance.now();
    for (const [slot, exchange] of exchanges.entries()) {
      if (!exchange.socket.destroyed) exchange.sweep(now);
      else {
        // A pipelined answer that never had its turn hears nothing of the end from node.
        exchange.closed();
        exchanges.remove(slot, exchange);
      }
    }
  }, options.sweepMs ?? DEFAULT_SWEEP_MS);
  sweeper.unref();
  await listen(server, options);
  return {
    address: addressOf(server),
    close: async (deadlineMs = DEFAULT_CLOSE_DEADLINE_MS) => {
      await closeServer(server, exchanges, deadlineMs);
      clearInterval(sweeper);
    },
    reloadTls: (tls) => {
      if ('setSecureContext' in server) server.setSecureContext(tls);
    },
  };
}

/** The request of each connection that was parsed last: the one whose framing breaks. Pipelined ones before it are whole. */
class NewestExchanges {
  /** One entry for a connection, kept while it lives, for the reason `Slots` gives. */
  readonly #bySocket = new WeakMap<Socket, { exchange: Exchange | undefined }>();

  add(exchange: Exchange): void {
    const entry = this.#bySocket.get(exchange.socket);
    if (entry === undefined) this.#bySocket.set(exchange.socket, { exchange });
    else entry.exchange = exchange;
  }

  forget(exchange: Exchange): void {
    const entry = this.#bySocket.get(exchange.socket);
    if (entry?.exchange === exchange) entry.exchange = undefined;
  }

  of(socket: Socket): Exchange | undefined {
    return this.#bySocket.get(socket)?.exchange;
  }
}

function createServer(tls: TlsMaterial | undefined, headersTimeoutMs: number): Server | HttpsServer {
  const options = {
    maxHeaderSize: MAX_HEADER_BYTES,
    insecureHTTPParser: false,
    // The pipeline refuses a missing Host itself, in S3's words.
    requireHostHeader: false,
    headersTimeout: headersTimeoutMs,
    // A long upload is fine as long as it moves: the sweeper judges that.
    requestTimeout: 0,
    connectionsCheckingInterval: headersTimeoutMs / 4,
    keepAliveTimeout: KEEP_ALIVE_MS,
    noDelay: true,
    optimizeEmptyRequests: true,
  };
  return tls === undefined
    ? createHttpServer(options)
    : createHttpsServer({ ...options, ...tls, ALPNProtocols: ['http/1.1'], handshakeTimeout: headersTimeoutMs });
}

function serveExchange(
  setup: PipelineSetup,
  exchange: Exchange,
  witnesses: RequestWitnesses,
  forget: () => void,
): void {
  const record: RequestRecord = {
    target: undefined,
    row: undefined,
    identity: undefined,
    status: 0,
    errorCode: undefined,
    bytesOut: 0,
  };
  // One listener: `close` comes once after the last byte of the answer, or when the connection breaks.
  exchange.response.on('close', () => {
    exchange.closed();
    record.release?.();
    // Until the rest of an unread body is gone the connection stays under the sweeper's eyes.
    if (exchange.request.complete || exchange.socket.destroyed) forget();
    else exchange.awaitRest(forget);
    recordRequest(setup.context, witnesses, exchange, record);
  });
  serve(setup, exchange, record).catch((error: unknown) => {
    // `serve` answers every failure itself; what comes here is a bug in it, and must not leave a client waiting.
    setup.context.log.error({ requestId: exchange.id, err: error }, 's3 pipeline failed');
    exchange.socket.destroy();
  });
}

/** The connection broke, or its framing did, while a request on it was being served. */
function brokenFraming(error: NodeJS.ErrnoException, exchange: Exchange): void {
  const ended = error.code === 'HPE_INVALID_EOF_STATE' || error.code === 'ECONNRESET';
  if (exchange.response.headersSent || exchange.request.complete) exchange.socket.destroy();
  else exchange.breakOff(ended ? new Failure('IncompleteBody') : new Failure('BadRequest', BAD_FRAMING));
}

function listen(server: Server | HttpsServer, options: S3ListenerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(
      { host: options.host, port: options.port, reusePort: options.reusePort ?? false, backlog: 1024 },
      () => {
        server.off('error', reject);
        resolve();
      },
    );
  });
}

function addressOf(server: Server | HttpsServer): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a TCP port');
  return address;
}

async function closeServer(
  server: Server | HttpsServer,
  exchanges: Slots<Exchange>,
  deadlineMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const [, exchange] of exchanges.entries()) {
    if (!exchange.response.headersSent) exchange.response.shouldKeepAlive = false;
  }
  // A kept-alive connection becomes idle some time after its answer; node tells nobody when.
  const sweep = setInterval(() => server.closeIdleConnections(), CLOSE_SWEEP_MS);
  const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
  server.closeIdleConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(deadline);
}
