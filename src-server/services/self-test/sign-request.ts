import { createHash, createHmac } from 'node:crypto';

/**
 * SigV4 as a client does it (AmazonS3/latest/API/sig-v4-header-based-auth), written apart from the server's own so that the
 * test proves something.
 */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

export interface UnsignedRequest {
  readonly method: string;
  /** Encoded as it goes on the wire. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly host: string;
  readonly body: Uint8Array;
  /** Hex; what is claimed of the body. */
  readonly payloadHash: string;
}

/** Lower-case hex. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The headers of a request with its Authorization. */
export function signedHeaders(request: UnsignedRequest, by: Credentials, nowMs: number): Record<string, string> {
  const time = amzTime(nowMs);
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    'x-amz-content-sha256': request.payloadHash,
    'x-amz-date': time,
  };
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
  const canonical = [request.method, request.path, queryText(request.query), lines, names.join(';')].join('\n');
  const scope = scopeOf(time, by.region);
  const signature = signatureOf(`${canonical}\n${request.payloadHash}`, time, scope, by);
  const credential = `Credential=${by.accessKeyId}/${scope}`;
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

const PRESIGNED_SECONDS = '60';

/** Path and query of a GET that needs no header, for a minute. */
export function presignedGet(path: string, host: string, by: Credentials, nowMs: number): string {
  const time = amzTime(nowMs);
  const scope = scopeOf(time, by.region);
  const query = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${by.accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': PRESIGNED_SECONDS,
    'X-Amz-SignedHeaders': 'host',
  };
  const canonical = ['GET', path, queryText(query), `host:${host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  return `${path}?${queryText(query)}&X-Amz-Signature=${signatureOf(canonical, time, scope, by)}`;
}

/** Sorted and encoded, as it goes on the wire too. */
export function queryText(query: Readonly<Record<string, string>>): string {
  const encode = (text: string): string =>
    encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return Object.entries(query)
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function signatureOf(canonical: string, time: string, scope: string, { secretAccessKey, region }: Credentials): string {
  const steps = [time.slice(0, 8), region, 's3', 'aws4_request'];
  const key = steps.reduce<string | Buffer>((secret, text) => hmac(secret, text), `AWS4${secretAccessKey}`);
  return hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256Hex(canonical)}`).toString('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function scopeOf(time: string, region: string): string {
  return `${time.slice(0, 8)}/${region}/s3/aws4_request`;
}

function amzTime(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
