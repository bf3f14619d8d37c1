import type { Body } from './bodies.ts';
import { Connection, type Target } from './connection.ts';
import { type Answer, headerOf } from './response-reader.ts';
import { judge, type LoadStep } from './run-load.ts';
import { type Credentials, EMPTY_SHA256, type RequestToSign, Signer, UNSIGNED_PAYLOAD } from './signer.ts';

export type Payload = 'unsigned' | 'signed';

export interface S3Place {
  readonly endpoint: URL;
  readonly credentials: Credentials;
  readonly region: string;
}

export interface PutOptions {
  readonly payload?: Payload;
  readonly query?: string;
  readonly amzHeaders?: Readonly<Record<string, string>>;
  /** The body is sent this many times over as one body. */
  readonly times?: number;
  /** Only where it is not the plain MD5 of the body. */
  readonly etag?: 'any';
}

/** Prepares signed S3 requests (path style, keys of `[A-Za-z0-9/_-]`) together with what their answers must be. */
export class S3Requests {
  readonly target: Target;
  readonly #signer: Signer;

  constructor(place: S3Place) {
    if (place.endpoint.protocol !== 'http:') throw new Error(`only http endpoints can be measured: ${place.endpoint}`);
    this.target = { host: place.endpoint.hostname, port: Number(place.endpoint.port || 80) };
    this.#signer = new Signer(place.credentials, place.region, place.endpoint.host);
  }

  put(bucket: string, key: string, body: Body, options: PutOptions = {}): LoadStep {
    const times = options.times ?? 1;
    const head = this.#signer.head({
      method: 'PUT',
      path: `/${bucket}/${key}`,
      query: options.query ?? '',
      payloadHash: options.payload === 'signed' ? body.sha256 : UNSIGNED_PAYLOAD,
      contentLength: body.bytes.length * times,
      ...(options.amzHeaders === undefined ? {} : { amzHeaders: options.amzHeaders }),
    });
    return {
      request: { head, body: { bytes: body.bytes, times }, use: { kind: 'collect' } },
      status: 200,
      bytes: body.bytes.length * times,
      ...(times === 1 && options.etag === undefined ? { etag: body.md5 } : {}),
    };
  }

  /** `expected` absent: only the length is checked (the comparison of large bodies is for a sample). */
  get(bucket: string, key: string, sizeBytes: number, expected?: Body): LoadStep {
    const head = this.#signer.head({ method: 'GET', path: `/${bucket}/${key}`, payloadHash: EMPTY_SHA256 });
    return {
      request: {
        head,
        use: expected === undefined ? { kind: 'discard' } : { kind: 'expected', bytes: expected.bytes },
      },
      status: 200,
      bytes: sizeBytes,
      check: (answer) =>
        answer.bodyBytes === sizeBytes ? undefined : `${answer.bodyBytes} bytes instead of ${sizeBytes}`,
    };
  }

  /** A range read, timed until its first byte. */
  getRange(bucket: string, key: string, offset: number, expected: Buffer, series: string): LoadStep {
    const range = `range: bytes=${offset}-${offset + expected.length - 1}\r\n`;
    const head = this.#signer.head({
      method: 'GET',
      path: `/${bucket}/${key}`,
      payloadHash: EMPTY_SHA256,
      plainHeaders: range,
    });
    const use = { kind: 'expected', bytes: expected } as const;
    return { request: { head, use }, status: 206, bytes: expected.length, until: 'first-byte', series };
  }

  head(bucket: string, key: string, body: Body): LoadStep {
    const head = this.#signer.head({ method: 'HEAD', path: `/${bucket}/${key}`, payloadHash: EMPTY_SHA256 });
    const length = String(body.bytes.length);
    return {
      request: { head, isHead: true, use: { kind: 'discard' } },
      status: 200,
      bytes: 0,
      etag: body.md5,
      check: (answer) => (headerOf(answer.head, 'content-length') === length ? undefined : 'wrong Content-Length'),
    };
  }

  delete(bucket: string, key: string): LoadStep {
    return this.plain(204, { method: 'DELETE', path: `/${bucket}/${key}`, payloadHash: EMPTY_SHA256 });
  }

  /** A page of ListObjectsV2; `count` entries of `element` must be in it. */
  list(bucket: string, query: string, element: 'Contents' | 'CommonPrefixes', count: number): LoadStep {
    const step = this.plain(200, { method: 'GET', path: `/${bucket}`, query, payloadHash: EMPTY_SHA256 });
    const check = (answer: Answer): string | undefined => {
      const found = occurrences(answer.body ?? Buffer.alloc(0), `<${element}>`);
      return found === count ? undefined : `${found} ${element} instead of ${count}`;
    };
    return { ...step, check };
  }

  /** Any request without a large body; its answer's body is kept. */
  plain(status: number, request: RequestToSign, text?: string): LoadStep {
    const bytes = text === undefined ? undefined : Buffer.from(text);
    const head = this.#signer.head(bytes === undefined ? request : { ...request, contentLength: bytes.length });
    const body = bytes === undefined ? undefined : { bytes, times: 1 };
    return { request: { head, body, use: { kind: 'collect' } }, status, bytes: 0 };
  }

  /** Sends one step on a connection of its own. Throws where the answer is not the wanted one. */
  async call(step: LoadStep): Promise<Answer> {
    const connection = new Connection(this.target);
    try {
      const answer = await connection.request(step.request);
      const problem = judge(step, answer);
      if (problem === undefined) return answer;
      throw new Error(`${step.request.head.slice(0, step.request.head.indexOf('\r\n'))}: ${problem}`);
    } finally {
      connection.close();
    }
  }
}

function occurrences(bytes: Buffer, text: string): number {
  const wanted = Buffer.from(text);
  let count = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) count += 1;
  return count;
}
