import { createHash, createHmac } from 'node:crypto';
import { ACCESS_KEY, REGION, SECRET_KEY } from './wire-server.ts';

/** SigV4 written a second time, plainly, so that the server's own is not checked against itself. */

export const EMPTY_SHA256 = sha256('');

export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function dayKey(secret: string, date: string, region: string): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), 's3'), 'aws4_request');
}

export function timestampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

export interface SignOptions {
  readonly method: string;
  /** As it goes on the wire. */
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly payload?: string;
  readonly nowMs?: number;
  readonly region?: string;
  readonly secret?: string;
  readonly accessKey?: string;
  /** Headers that are sent but not signed. */
  readonly unsigned?: Record<string, string>;
  readonly host?: string;
}

export interface SignedHeaders {
  readonly headers: Record<string, string>;
  readonly target: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly scope: string;
  readonly key: Buffer;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function queryText(query: Record<string, string>): string {
  return Object.entries(query)
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Headers of a request signed in its Authorization header. */
export function sign(options: SignOptions): SignedHeaders {
  const { method, path, query = {}, payload = EMPTY_SHA256, nowMs = Date.now(), region = REGION } = options;
  const timestamp = timestampOf(nowMs);
  const date = timestamp.slice(0, 8);
  const headers: Record<string, string> = {
    host: options.host ?? 'localhost',
    'x-amz-content-sha256': payload,
    'x-amz-date': timestamp,
    ...options.headers,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const canonical = `${method}\n${path}\n${queryText(query)}\n${lines}\n${names.join(';')}\n${payload}`;
  const scope = `${date}/${region}/s3/aws4_request`;
  const key = dayKey(options.secret ?? SECRET_KEY, date, region);
  const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(Buffer.from(canonical, 'latin1'))}`;
  const signature = hmac(key, toSign).toString('hex');
  const credential = `${options.accessKey ?? ACCESS_KEY}/${scope}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  const text = queryText(query);
  return {
    headers: { ...headers, ...options.unsigned, authorization },
    target: text === '' ? path : `${path}?${text}`,
    signature,
    timestamp,
    scope,
    key,
  };
}

/** A presigned URL's target. */
export function presign(options: SignOptions & { readonly expires?: string }): string {
  const { method, path, nowMs = Date.now(), region = REGION } = options;
  const timestamp = timestampOf(nowMs);
  const date = timestamp.slice(0, 8);
  const headers: Record<string, string> = { host: options.host ?? 'localhost', ...options.headers };
  const names = Object.keys(headers).sort();
  const scope = `${date}/${region}/s3/aws4_request`;
  const query = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${options.accessKey ?? ACCESS_KEY}/${scope}`,
    'X-Amz-Date': timestamp,
    'X-Amz-Expires': options.expires ?? '300',
    'X-Amz-SignedHeaders': names.join(';'),
    ...options.query,
  };
  const lines = names.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const payload = options.payload ?? 'UNSIGNED-PAYLOAD';
  const canonical = `${method}\n${path}\n${queryText(query)}\n${lines}\n${names.join(';')}\n${payload}`;
  const toSign = `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
  const signature = hmac(dayKey(options.secret ?? SECRET_KEY, date, region), toSign).toString('hex');
  return `${path}?${queryText(query)}&X-Amz-Signature=${signature}`;
}

/** Frames data as signed chunks of `chunkBytes`. `tamper` sees each chunk's signature. */
export function signedChunks(
  signed: SignedHeaders,
  data: Buffer,
  chunkBytes: number,
  trailer?: Record<string, string>,
  tamper: (signature: string, index: number) => string = (signature) => signature,
): Buffer {
  let previous = signed.signature;
  const pieces: Buffer[] = [];
  const prefix = `${signed.timestamp}\n${signed.scope}`;
  for (let at = 0, index = 0; ; at += chunkBytes, index++) {
    const chunk = data.subarray(at, at + chunkBytes);
    const toSign = `AWS4-HMAC-SHA256-PAYLOAD\n${prefix}\n${previous}\n${EMPTY_SHA256}\n${sha256(chunk)}`;
    previous = hmac(signed.key, toSign).toString('hex');
    pieces.push(Buffer.from(`${chunk.length.toString(16)};chunk-signature=${tamper(previous, index)}\r\n`), chunk);
    if (chunk.length === 0) break;
    pieces.push(Buffer.from('\r\n'));
  }
  if (trailer === undefined) pieces.push(Buffer.from('\r\n'));
  else {
    const lines = Object.entries(trailer).map(([name, value]) => `${name}:${value}\n`);
    const toSign = `AWS4-HMAC-SHA256-TRAILER\n${prefix}\n${previous}\n${sha256(lines.join(''))}`;
    const signature = tamper(hmac(signed.key, toSign).toString('hex'), -1);
    pieces.push(
      Buffer.from(
        `${lines.map((line) => line.replace('\n', '\r\n')).join('')}x-amz-trailer-signature:${signature}\r\n\r\n`,
      ),
    );
  }
  return Buffer.concat(pieces);
}

/** Frames data as unsigned chunks with trailing headers. */
export function unsignedChunks(data: Buffer, chunkBytes: number, trailer: Record<string, string>): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at < data.length; at += chunkBytes) {
    const chunk = data.subarray(at, at + chunkBytes);
    pieces.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  const lines = Object.entries(trailer).map(([name, value]) => `${name}:${value}\r\n`);
  pieces.push(Buffer.from(`0\r\n${lines.join('')}\r\n`));
  return Buffer.concat(pieces);
}
