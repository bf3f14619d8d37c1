import { X509Certificate } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import { type Credentials, presignedGet, queryText, sha256Hex, signedHeaders } from './sign-request.ts';

/** What the server answered its own request. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** `Code` of an error's XML. */
  readonly errorCode: string | undefined;
}

export interface S3Ask {
  readonly method: string;
  /** Encoded, with the bucket. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Hex; another hash than the body's own. */
  readonly claimedHash?: string;
  readonly by?: Credentials | 'nobody';
}

export interface SelfTestTarget {
  /** Of the S3 port, as it listens. */
  readonly s3Url: string;
  /** PEM of the certificate it presents; undefined without TLS. */
  readonly certificate: string | undefined;
  now(): number;
}

/** Speaks to the S3 port as a client does; nothing of the server is reached but through its port. */
export interface S3SelfClient {
  send(ask: S3Ask): Promise<S3Answer>;
  getPresigned(path: string): Promise<S3Answer>;
}

export const SELF_TEST_USER_AGENT = 'stowage-self-test/1';
const TIMEOUT_MS = 10_000;
const NOTHING = new Uint8Array();
/** Listening there is listening on this machine too. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

export function createSelfClient(target: SelfTestTarget, own: Credentials): S3SelfClient {
  const { protocol, hostname, port } = new URL(target.s3Url);
  const name = LOOPBACK[hostname] ?? hostname;
  const host = port === '' ? name : `${name}:${port}`;
  const where = {
    isTls: protocol === 'https:',
    host: name.replaceAll(/[[\]]/g, ''),
    port,
    certificate: target.certificate,
  };
  return {
    send: async ({ method, path, query = {}, headers = {}, body = NOTHING, claimedHash, by = own }) => {
      const payloadHash = claimedHash ?? sha256Hex(body);
      const sent = { 'user-agent': SELF_TEST_USER_AGENT, 'content-length': String(body.length) };
      const unsigned = { method, path, query, headers, host, body, payloadHash };
      const signed = by === 'nobody' ? { ...headers, host } : signedHeaders(unsigned, by, target.now());
      const text = queryText(query);
      return exchange(where, method, text === '' ? path : `${path}?${text}`, { ...sent, ...signed }, body);
    },
    getPresigned: (path) =>
      exchange(
        where,
        'GET',
        presignedGet(path, host, own, target.now()),
        { host, 'user-agent': SELF_TEST_USER_AGENT },
        NOTHING,
      ),
  };
}

interface Where {
  readonly isTls: boolean;
  readonly host: string;
  readonly port: string;
  readonly certificate: string | undefined;
}

async function exchange(
  where: Where,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): Promise<S3Answer> {
  const response = await send(where, { method, path, headers: { ...headers } }, body);
  const chunks: Buffer[] = [];
  // Without an encoding set, node:http gives Buffers.
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const status = response.statusCode ?? 0;
  const errorCode = status < 400 ? undefined : /<Code>(\w+)<\/Code>/.exec(bytes.toString('utf8'))?.[1];
  const shown = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
  return { status, headers: Object.fromEntries(shown), body: bytes, errorCode };
}

function send(where: Where, options: RequestOptions, body: Uint8Array): Promise<IncomingMessage> {
  const { isTls, host, port, certificate } = where;
  const common = { ...options, host, port, timeout: TIMEOUT_MS, agent: false as const };
  return new Promise((resolve, reject) => {
    // Whose certificate it is says no authority here: it must be the very one that this server was given.
    const request = isTls ? httpsRequest({ ...common, rejectUnauthorized: false }) : httpRequest(common);
    request.once('timeout', () => request.destroy(new Error('no answer within 10 s')));
    request.once('error', reject);
    request.once('response', (response) => {
      if (isTls && !isOwn(response.socket, certificate)) {
        response.destroy();
        reject(new Error('another certificate was presented'));
      } else resolve(response);
    });
    request.end(body);
  });
}

function isOwn(socket: unknown, certificate: string | undefined): boolean {
  if (!(socket instanceof TLSSocket) || certificate === undefined) return false;
  const presented = socket.getPeerX509Certificate();
  return presented?.fingerprint256 === new X509Certificate(certificate).fingerprint256;
}
