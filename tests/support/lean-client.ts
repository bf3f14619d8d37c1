import { Connection } from '../bench/load/connection.ts';
import { type Answer, headerOf } from '../bench/load/response-reader.ts';
import { type Credentials, Signer, UNSIGNED_PAYLOAD } from '../bench/load/signer.ts';

export interface LeanRequest {
  readonly method: string;
  /** Encoded path, `/bucket/key`. */
  readonly path: string;
  /** Encoded, sorted. */
  readonly query?: string;
  readonly body?: Buffer;
  readonly amzHeaders?: Readonly<Record<string, string>>;
  /** Unsigned headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LeanAnswer {
  readonly status: number;
  /** Status line and header lines, as they came. */
  readonly head: string;
  readonly body: Buffer;
  header(name: string): string | undefined;
}

/**
 * A bare signed S3 client on one connection, for tests that must know which answers arrived: it never retries, sends no
 * `Expect`, and a broken connection is a rejection, not an answer.
 */
export class LeanClient {
  readonly #connection: Connection;
  readonly #signer: Signer;

  constructor(url: string, credentials: Credentials, region = 'us-east-1') {
    const { hostname, port, host } = new URL(url);
    this.#connection = new Connection({ host: hostname, port: Number(port) });
    this.#signer = new Signer(credentials, region, host);
  }

  async request(request: LeanRequest): Promise<LeanAnswer> {
    const lines = Object.entries(request.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = this.#signer.head({
      method: request.method,
      path: request.path,
      query: request.query ?? '',
      payloadHash: UNSIGNED_PAYLOAD,
      ...(request.body === undefined && request.method !== 'PUT' && request.method !== 'POST'
        ? {}
        : { contentLength: request.body?.length ?? 0 }),
      amzHeaders: request.amzHeaders ?? {},
      plainHeaders: lines.join(''),
    });
    const answer: Answer = await this.#connection.request({
      head,
      body: request.body === undefined || request.body.length === 0 ? undefined : { bytes: request.body, times: 1 },
      isHead: request.method === 'HEAD',
      use: { kind: 'collect' },
    });
    return {
      status: answer.status,
      head: answer.head,
      body: answer.body ?? Buffer.alloc(0),
      header: (name) => headerOf(answer.head, name),
    };
  }

  close(): void {
    this.#connection.close();
  }
}
