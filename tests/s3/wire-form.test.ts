import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import fc from 'fast-check';
import { isFailure } from '../../src-server/domain/failure.ts';
import { parseFormHead } from '../../src-server/s3/body/form-fields.ts';
import { FormFileDecoder } from '../../src-server/s3/body/form-file.ts';
import type { PostForm, S3Operation } from '../../src-server/s3/operation.ts';
import { type RawAnswer, rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { dayKey, hmac, timestampOf } from '../support/s3/sign.ts';
import { ACCESS_KEY, REGION, SECRET_KEY, startWireServer } from '../support/s3/wire-server.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's variable, not a template's
const KEY_WITH_FILE_NAME = 'user/${filename}';
const BOUNDARY = 'x-boundary';
const FILE = 'file content';

interface Posted {
  readonly form: PostForm | undefined;
  readonly bytes: string;
  readonly contentType: string | undefined;
  readonly meta: string | undefined;
}

function recordingPost(posted: Posted[]): S3Operation {
  return async (_context, request) => {
    const bytes = (await request.body.readAll(1024 * 1024)).toString();
    posted.push({
      form: request.form,
      bytes,
      contentType: request.header('content-type'),
      meta: request.header('x-amz-meta-a'),
    });
    return { status: 204, headers: {}, body: { kind: 'empty' } };
  };
}

function formBody(fields: Record<string, string>, file: string | undefined = FILE, fileName = 'photo.png'): string {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const filePart = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: image/png\r\n\r\n${file}\r\n`;
  return `${parts.join('')}${file === undefined ? '' : filePart}--${BOUNDARY}--\r\n`;
}

function policyOf(conditions: unknown[], expiresInMs = 60_000): string {
  const expiration = new Date(Date.now() + expiresInMs).toISOString();
  return Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
}

const BASE_CONDITIONS = [
  { bucket: 'bucket' },
  ['starts-with', '$key', 'user/'],
  ['starts-with', '$x-amz-credential', ''],
  { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
  ['starts-with', '$x-amz-date', ''],
];

function signedFields(
  fields: Record<string, string>,
  conditions: unknown[],
  options: { secret?: string; expiresInMs?: number } = {},
): Record<string, string> {
  const timestamp = timestampOf(Date.now());
  const date = timestamp.slice(0, 8);
  const policy = policyOf([...BASE_CONDITIONS, ...conditions], options.expiresInMs);
  return {
    key: KEY_WITH_FILE_NAME,
    ...fields,
    policy,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${ACCESS_KEY}/${date}/${REGION}/s3/aws4_request`,
    'x-amz-date': timestamp,
    'x-amz-signature': hmac(dayKey(options.secret ?? SECRET_KEY, date, REGION), policy).toString('hex'),
  };
}

function post(port: number, body: string | Buffer, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const bytes = Buffer.from(body);
  const all = {
    host: 'localhost',
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': String(bytes.length),
    ...headers,
  };
  return rawRequest(port, 'POST', '/bucket', all, bytes);
}

test('a signed form is taken, its fields count as headers, its file is a stream', async () => {
  const posted: Posted[] = [];
  await using server = await startWireServer({ PostObject: recordingPost(posted) });
  const fields = signedFields({ 'Content-Type': 'image/jpeg', 'x-amz-meta-a': 'é', 'x-ignore-me': '1' }, [
    ['starts-with', '$Content-Type', 'image/'],
    { 'x-amz-meta-a': 'é' },
    ['content-length-range', 1, 100],
  ]);
  const answer = await post(server.port, formBody(fields, FILE, 'C:\\pictures\\photo.png'));
  assert.equal(answer.status, 204, answer.body.toString());
  assert.equal(posted[0]?.form?.key, 'user/photo.png');
  assert.equal(posted[0]?.form?.fileName, 'photo.png');
  assert.equal(posted[0]?.bytes, FILE);
  assert.equal(posted[0]?.contentType, 'image/jpeg');
  assert.equal(posted[0]?.meta, '\xc3\xa9');
  assert.equal(posted[0]?.form?.fields.get('x-ignore-me'), '1');
});

test('a form that does not keep to its policy stores nothing', async () => {
  const posted: Posted[] = [];
  await using server = await startWireServer({ PostObject: recordingPost(posted) });
  const good = () => signedFields({}, []);
  const without = (name: string) => Object.fromEntries(Object.entries(good()).filter(([field]) => field !== name));
  const cases: (readonly [why: string, body: string, code: string])[] = [
    ['another key', formBody({ ...good(), key: 'other/a' }), 'AccessDenied'],
    ['a field nobody mentioned', formBody({ ...good(), acl: 'private' }), 'AccessDenied'],
    [
      'a condition that is not met',
      formBody(signedFields({ acl: 'private' }, [{ acl: 'public-read' }])),
      'AccessDenied',
    ],
    ['a field that is missing', formBody(signedFields({}, [{ acl: 'private' }])), 'AccessDenied'],
    ['another bucket', formBody(signedFields({}, [{ bucket: 'other' }])), 'AccessDenied'],
    ['an expired policy', formBody(signedFields({}, [], { expiresInMs: -1 })), 'AccessDenied'],
    ['another secret', formBody(signedFields({}, [], { secret: 'another-secret' })), 'SignatureDoesNotMatch'],
    ['another policy', formBody({ ...good(), policy: policyOf(BASE_CONDITIONS, 120_000) }), 'SignatureDoesNotMatch'],
    ['no policy', formBody(without('policy')), 'InvalidArgument'],
    ['no signature', formBody(without('x-amz-signature')), 'InvalidArgument'],
    ['no key', formBody(without('key')), 'AccessDenied'],
    ['nobody', formBody({ key: 'user/a' }), 'AccessDenied'],
    ['a file too long', formBody(signedFields({}, [['content-length-range', 0, 5]])), 'EntityTooLarge'],
    ['a file too short', formBody(signedFields({}, [['content-length-range', 50, 90]])), 'EntityTooSmall'],
    ['an unknown ACL', formBody(signedFields({ acl: 'everybody' }, [{ acl: 'everybody' }])), 'InvalidArgument'],
    [
      'a wrong checksum',
      formBody(signedFields({ 'x-amz-checksum-crc32': 'AAAAAA==' }, [['starts-with', '$x-amz-checksum-crc32', '']])),
      'BadDigest',
    ],
    ['an unknown condition', formBody(signedFields({}, [['like', '$key', 'a']])), 'InvalidPolicyDocument'],
    [
      'no file',
      formBody(good(), undefined).replace(
        /--x-boundary\r\nContent-Disposition: form-data; name="file"[\s\S]*?\r\n--x/,
        '--x',
      ),
      'IncorrectNumberOfFilesInPostRequest',
    ],
    ['a file that does not end', formBody(good()).slice(0, -10 - BOUNDARY.length), 'MalformedPOSTRequest'],
    ['too many fields', formBody({ ...good(), a: 'x'.repeat(21_000) }), 'MaxPostPreDataLengthExceededError'],
    ['no parts', 'hello', 'MalformedPOSTRequest'],
  ];
  for (const [why, body, code] of cases) {
    assert.equal(xmlField(await post(server.port, body), 'Code'), code, why);
  }
  const other = await post(server.port, formBody(good()), { 'content-type': 'application/x-www-form-urlencoded' });
  assert.equal(xmlField(other, 'Code'), 'RequestIsNotMultiPartContent');
  const both = await post(server.port, formBody(good()), { authorization: 'AWS a:b' });
  assert.equal(xmlField(both, 'Code'), 'CredentialsNotSupported');
  assert.equal(posted.length, 0);
});

test('the SDK makes forms that are taken, signature version 2 as well', async () => {
  const posted: Posted[] = [];
  await using server = await startWireServer({ PostObject: recordingPost(posted) });
  const client = new S3Client({
    region: REGION,
    endpoint: server.origin,
    forcePathStyle: true,
    credentials: { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET_KEY },
  });
  const { url, fields } = await createPresignedPost(client, {
    Bucket: 'bucket',
    Key: KEY_WITH_FILE_NAME,
    Conditions: [['content-length-range', 0, 1000]],
    Fields: { 'Content-Type': 'text/plain' },
  });
  client.destroy();
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob(['from a browser']), 'a b.txt');
  const answer = await fetch(url, { method: 'POST', body: form });
  assert.equal(answer.status, 204, await answer.text());
  assert.deepEqual([posted[0]?.form?.key, posted[0]?.bytes], ['user/a b.txt', 'from a browser']);

  const policy = policyOf([{ bucket: 'bucket' }, { key: 'user/v2' }]);
  const signature = createHmac('sha1', SECRET_KEY).update(policy).digest('base64');
  const v2 = await post(server.port, formBody({ key: 'user/v2', AWSAccessKeyId: ACCESS_KEY, policy, signature }));
  assert.equal(v2.status, 204, v2.body.toString());
});

test('a file comes out of its form however the form is cut, whatever is in it', () => {
  const nearly = fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    '-',
    '--',
    '\r\n--',
    '\r\n--x-bound',
    'x-boundary',
    'a',
    '\0',
    '\xff',
  );
  fc.assert(
    fc.property(fc.array(nearly, { maxLength: 20 }), fc.array(fc.nat(400), { maxLength: 10 }), (pieces, cuts) => {
      const file = pieces.join('');
      if (file.includes(`\r\n--${BOUNDARY}`)) return;
      const body = Buffer.from(formBody({ key: 'k' }, file), 'latin1');
      const head = parseFormHead(body, BOUNDARY);
      assert.ok(head);
      const rest = body.subarray(head.fileOffset);
      const decoder = new FormFileDecoder(BOUNDARY, { min: 0, max: 1000 });
      const bounds = [...new Set([0, ...cuts.filter((cut) => cut < rest.length), rest.length])].sort((a, b) => a - b);
      const out: Buffer[] = [];
      for (let i = 0; i + 1 < bounds.length; i++)
        decoder.push(rest.subarray(bounds[i], bounds[i + 1]), (data) => out.push(data));
      decoder.end();
      assert.equal(Buffer.concat(out).toString('latin1'), file);
    }),
    { seed: 31, numRuns: 1000 },
  );
});

test('any bytes are a form or are refused by name', () => {
  const piece = fc.constantFrom(
    `--${BOUNDARY}`,
    '\r\n',
    '\r\n\r\n',
    '--',
    'Content-Disposition: form-data',
    '; name="key"',
    '; name="file"',
    '; filename="a',
    '"',
    '\\"',
    ':',
    ';',
    'a',
    '\0',
    '\xff',
    '=',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      try {
        parseFormHead(Buffer.from(pieces.join(''), 'latin1'), BOUNDARY);
      } catch (error) {
        assert.ok(isFailure(error), String(error));
      }
    }),
    { seed: 32, numRuns: 2000 },
  );
});
