import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { testScale, testSeed } from '../seeded.ts';
import { AWS_OPERATIONS } from './least-request.ts';
import { createUpload, PART_BYTES, patterned, sendPart } from './multipart.ts';
import { openObjectScene } from './object-scene.ts';
import { type RawAnswer, RawClient, xmlField } from './raw-client.ts';
import { type SignedHeaders, type SignOptions, sign } from './sign.ts';

/** How long the sender of what may be no whole request waits before it says that nothing more comes, which ends the request. */
const PATIENCE_MS = 30;
/** An answer or the end of the connection that takes longer than this, once everything was sent, is a hang. */
const HANG_MS = 10_000;

export interface FuzzScene {
  readonly port: number;
  readonly bucket: string;
  /** Of the object `key`: ids that exist, so that what is made up reaches further than the first look-up. */
  readonly versionId: string;
  readonly uploadId: string;
  /** The bytes of the object `kept`, which nobody writes or deletes; 1,300,000 of them. */
  readonly kept: Buffer;
  /** Root's. */
  readonly secret: string;
  sign(options: Omit<SignOptions, 'accessKey' | 'secret'>): SignedHeaders;
  /**
   * Sends these bytes on a connection of their own. Fails for a hang and for an answer of 500 or above other than 501;
   * undefined where the server only closed.
   */
  ask(wire: string | Uint8Array, options?: AskOptions): Promise<RawAnswer | undefined>;
  /** The server still serves, and the bucket that a made-up request may have removed is there again. */
  stillServes(): Promise<void>;
  close(): Promise<void>;
}

export interface AskOptions {
  /** The answer has no body. */
  readonly head?: boolean;
  /** The bytes may be less than a whole request: then there may be no answer before the sender gives up. */
  readonly mayLack?: boolean;
}

/** A whole server with a versioned bucket that has something of everything, to throw bytes at. */
export async function openFuzzScene(): Promise<FuzzScene> {
  const scene = await openObjectScene();
  const { client, server } = scene;
  const bucket = await scene.versionedBucket();
  const kept = patterned(1_300_000, 1);
  await scene.put(bucket, 'key', 'a small object');
  const { VersionId: versionId = '' } = await scene.put(bucket, 'key', 'its second version', { Tagging: 'a=b' });
  await scene.put(bucket, 'kept', kept);
  await scene.put(bucket, 'large', kept);
  await scene.put(bucket, 'empty', '');
  const upload = await createUpload(client, bucket, 'key');
  await sendPart(upload, 1, kept.subarray(0, PART_BYTES));
  const port = Number(new URL(server.endpoint).port);
  const { accessKeyId: accessKey, secretAccessKey: secret } = server.rootCredentials;
  const signed = (options: Omit<SignOptions, 'accessKey' | 'secret'>) => sign({ ...options, accessKey, secret });
  const ask: FuzzScene['ask'] = (wire, options) => askOnce(port, wire, options);
  return {
    port,
    bucket,
    versionId,
    uploadId: upload.UploadId,
    kept,
    secret,
    sign: signed,
    ask,
    stillServes: async () => {
      const { headers } = signed({ method: 'PUT', path: `/${bucket}` });
      const made = await ask(wireOf('PUT', `/${bucket}`, { ...headers, 'content-length': '0' }));
      assert.equal(made?.status, 200);
      const got = await ask(wireOf('GET', '/', signed({ method: 'GET', path: '/' }).headers));
      assert.equal(got?.status, 200);
    },
    close: scene.close,
  };
}

async function askOnce(
  port: number,
  wire: string | Uint8Array,
  options: AskOptions = {},
): Promise<RawAnswer | undefined> {
  await using client = await RawClient.connect(port);
  client.send(wire);
  const answered = finalAnswer(client, options).catch(() => undefined);
  let isHanging = false;
  const giveUp = options.mayLack === true ? setTimeout(() => client.socket.end(), PATIENCE_MS) : undefined;
  const hang = setTimeout(() => {
    isHanging = true;
    client.socket.destroy();
  }, HANG_MS);
  const answer = await answered;
  clearTimeout(giveUp);
  clearTimeout(hang);
  assert.equal(isHanging, false, 'no answer and no end');
  if (answer === undefined) return undefined;
  const what = `${answer.status} ${answer.body.toString('latin1', 0, 500)}`;
  assert.ok(answer.status < 500 || answer.status === 501, what);
  if (answer.status >= 400 && answer.body.length > 0) {
    assert.equal(xmlField(answer, 'RequestId'), answer.headers['x-amz-request-id'], what);
  }
  return answer;
}

async function finalAnswer(client: RawClient, options: AskOptions): Promise<RawAnswer> {
  for (;;) {
    const answer = await client.answer(options);
    if (answer.status !== 100) return answer;
  }
}

/** A request as it goes on the wire. A Content-Length is the caller's. */
export function wireOf(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array = '',
): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1');
  return Buffer.concat([head, typeof body === 'string' ? Buffer.from(body, 'utf8') : body]);
}

/** Runs a property `runs` times in CI, more when tests are scaled; says with which seed, so that it can be run again. */
export async function fuzz<T>(context: TestContext, property: fc.IAsyncProperty<T>, runs: number): Promise<void> {
  const seed = testSeed();
  context.diagnostic(`STOWAGE_TEST_SEED=${seed}`);
  await fc.assert(property, { seed, numRuns: runs * testScale(), endOnFailure: true });
}

/** Every query parameter and header that AWS's model of S3 knows, and what means something to HTTP or to signatures. */
export const QUERY_NAMES: readonly string[] = [
  ...new Set(
    AWS_OPERATIONS.flatMap((operation) => [
      ...operation.query,
      ...(operation.uri.split('?')[1] ?? '').split('&').map((part) => part.split('=')[0] ?? ''),
    ]),
  ),
].filter((name) => name !== '');
export const HEADER_NAMES: readonly string[] = [
  ...new Set(AWS_OPERATIONS.flatMap((operation) => operation.headers)),
  'x-amz-meta-a',
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'origin',
  'access-control-request-method',
  'access-control-request-headers',
  'expect',
  'te',
  'trailer',
  'upgrade',
  'user-agent',
  'accept-encoding',
  'x-forwarded-for',
  'x-amz-date',
  'date',
];

/** Values that parsers trip over. */
export const values: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '1',
    '-1',
    '2147483648',
    '99999999999999999999',
    '1e3',
    'true',
    'null',
    'NaN',
    '*',
    '"',
    '""',
    '"a","b"',
    'W/"x"',
    'AES256',
    'CRC32',
    'REPLACE',
    'url',
    '/',
    '//',
    '../..',
    '%',
    '%00',
    '%2F',
    '%C3%28',
    '\u00ff\u00fe',
    '=?UTF-8?B?////?=',
    '=?utf-8?q?=ZZ?=',
    'bytes=0-',
    'bytes=-0',
    'bytes=99999999999999999999-',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    '20260101T000000Z',
    '+275760-09-13T00:00:00.001Z',
    '__proto__',
    'constructor',
    'a=b&a=c',
    'a'.repeat(2000),
    '\u00e9'.repeat(700),
  ),
  fc.string({ maxLength: 12 }),
);

/** Text as UTF-8 in a header line, without the control characters that would end it. */
export function headerValue(text: string): string {
  return Buffer.from(text.replaceAll(/\p{Cc}/gu, ''), 'utf8').toString('latin1');
}
