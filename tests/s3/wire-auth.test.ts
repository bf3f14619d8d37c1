import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { type RawAnswer, rawRequest, xmlField } from '../support/s3/raw-client.ts';
import {
  presign,
  type SignOptions,
  sha256,
  sign,
  signedChunks,
  timestampOf,
  unsignedChunks,
} from '../support/s3/sign.ts';
import { type Stored, storingPut } from '../support/s3/wire-operations.ts';
import { ACCESS_KEY, SECRET_KEY, startWireServer, type WireServer, wireContext } from '../support/s3/wire-server.ts';

const BODY = Buffer.from('the quick brown fox');
const MINUTE = 60_000;

type Send = (server: WireServer, options?: Partial<SignOptions>, body?: Buffer) => Promise<RawAnswer>;

function putWith(
  payload: string,
  frame: (signed: ReturnType<typeof sign>, body: Buffer) => Buffer,
  extra: Record<string, string> = {},
): Send {
  return (server, options = {}, body = BODY) => {
    const headers = { 'x-amz-decoded-content-length': String(body.length), ...extra, ...options.headers };
    const signed = sign({ method: 'PUT', path: '/bucket/key', payload, ...options, headers });
    const wire = frame(signed, body);
    return rawRequest(
      server.port,
      'PUT',
      signed.target,
      { ...signed.headers, 'content-length': String(wire.length) },
      wire,
    );
  };
}

function v2Signature(text: string, secret: string): string {
  return createHmac('sha1', secret).update(text).digest('base64');
}

/** Every way a request can say who sends it, over every way its body can be vouched for. */
const KINDS: Record<string, Send> = {
  'header, signed body': (server, options = {}, body = BODY) => {
    const signed = sign({ method: 'PUT', path: '/bucket/key', payload: sha256(BODY), ...options });
    return rawRequest(
      server.port,
      'PUT',
      signed.target,
      { ...signed.headers, 'content-length': String(body.length) },
      body,
    );
  },
  'header, unsigned body': putWith('UNSIGNED-PAYLOAD', (_signed, body) => body),
  'header, signed chunks': putWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD', (signed, body) =>
    signedChunks(signed, body, 8192),
  ),
  'header, signed chunks with trailer': putWith(
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
    (signed, body) => signedChunks(signed, body, 8192, { 'x-amz-checksum-sha256': checksum(body) }),
    { 'x-amz-trailer': 'x-amz-checksum-sha256' },
  ),
  'header, unsigned chunks with trailer': putWith(
    'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    (_signed, body) => unsignedChunks(body, 8192, { 'x-amz-checksum-sha256': checksum(body) }),
    { 'x-amz-trailer': 'x-amz-checksum-sha256' },
  ),
  presigned: (server, options = {}, body = BODY) => {
    const target = presign({ method: 'PUT', path: '/bucket/key', ...options });
    const headers = {
      host: 'localhost',
      ...options.headers,
      ...options.unsigned,
      'content-length': String(body.length),
    };
    return rawRequest(server.port, 'PUT', target, headers, body);
  },
  'version 2 header': (server, options = {}, body = BODY) => {
    const date = new Date(options.nowMs ?? Date.now()).toUTCString();
    const signature = v2Signature(`PUT\n\n\n${date}\n/bucket/key`, options.secret ?? SECRET_KEY);
    const authorization = `AWS ${options.accessKey ?? ACCESS_KEY}:${signature}`;
    const headers = {
      host: 'localhost',
      date,
      authorization,
      ...options.unsigned,
      'content-length': String(body.length),
    };
    return rawRequest(server.port, 'PUT', '/bucket/key', headers, body);
  },
  'version 2 presigned': (server, options = {}, body = BODY) => {
    const expires = Math.floor((options.nowMs ?? Date.now()) / 1000) + 300;
    const signature = v2Signature(`PUT\n\n\n${expires}\n/bucket/key`, options.secret ?? SECRET_KEY);
    const target = `/bucket/key?AWSAccessKeyId=${options.accessKey ?? ACCESS_KEY}&Expires=${expires}&Signature=${encodeURIComponent(signature)}`;
    return rawRequest(
      server.port,
      'PUT',
      target,
      { host: 'localhost', ...options.unsigned, 'content-length': String(body.length) },
      body,
    );
  },
};

function checksum(body: Buffer): string {
  return Buffer.from(sha256(body), 'hex').toString('base64');
}

for (const [name, send] of Object.entries(KINDS)) {
  test(`${name}: a good one stores, everything else stores nothing`, async () => {
    const stored: Stored[] = [];
    await using server = await startWireServer({ PutObject: storingPut(stored) });
    const good = await send(server);
    assert.equal(good.status, 200, good.body.toString());
    assert.ok(stored[0]?.bytes.equals(BODY));
    const old = name.includes('presigned') ? 'AccessDenied' : 'RequestTimeTooSkewed';
    const bad: (readonly [options: Partial<SignOptions>, code: string])[] = [
      [{ secret: 'another-secret' }, 'SignatureDoesNotMatch'],
      [{ accessKey: 'AKIAUNKNOWN' }, 'InvalidAccessKeyId'],
      [{ nowMs: Date.now() - 16 * MINUTE }, old],
      [{ nowMs: Date.now() + 16 * MINUTE }, old],
      [
        { unsigned: { 'x-amz-meta-added': '1' } },
        name.startsWith('version 2') ? 'SignatureDoesNotMatch' : 'AccessDenied',
      ],
      [
        { unsigned: { 'x-amz-copy-source': '/other/key' } },
        name.startsWith('version 2') ? 'SignatureDoesNotMatch' : 'AccessDenied',
      ],
    ];
    for (const [options, code] of bad) {
      // Version 2 URLs name their end, not their beginning.
      if (name === 'version 2 presigned' && (options.nowMs ?? 0) > Date.now()) continue;
      assert.equal(xmlField(await send(server, options), 'Code'), code, JSON.stringify(options));
    }
    assert.equal(stored.length, 1);
  });
}

test('a signature is bound to method, path, query and every signed header', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored), DeleteObject: storingPut(stored) });
  const signed = sign({
    method: 'PUT',
    path: '/bucket/key',
    query: { 'x-id': 'PutObject' },
    headers: { 'x-amz-meta-a': '1' },
    payload: 'UNSIGNED-PAYLOAD',
  });
  const base = { ...signed.headers, 'content-length': '1' };
  const cases: (readonly [method: string, target: string, headers: Record<string, string>])[] = [
    ['DELETE', signed.target, base],
    ['PUT', signed.target.replace('key', 'kez'), base],
    ['PUT', signed.target.replace('key', 'key%2Fx'), base],
    ['PUT', '/bucket/key', base],
    ['PUT', `${signed.target}&versionId=1`, base],
    ['PUT', signed.target, { ...base, 'x-amz-meta-a': '2' }],
    ['PUT', signed.target, { ...base, host: 'other' }],
    ['PUT', signed.target, { ...base, 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }],
    ['PUT', signed.target, { ...base, 'x-amz-date': timestampOf(Date.now() + 1000) }],
  ];
  for (const [method, target, headers] of cases) {
    const answer = await rawRequest(server.port, method, target, headers, 'x');
    assert.equal(xmlField(answer, 'Code'), 'SignatureDoesNotMatch', `${method} ${target}`);
  }
  const mismatch = await rawRequest(server.port, 'PUT', '/bucket/other', base, 'x');
  assert.equal(xmlField(mismatch, 'AWSAccessKeyId'), ACCESS_KEY);
  assert.match(xmlField(mismatch, 'StringToSign') ?? '', /^AWS4-HMAC-SHA256&#xa;/);
  assert.match(xmlField(mismatch, 'CanonicalRequest') ?? '', /^PUT&#xa;\/bucket\/other&#xa;/);
  assert.doesNotMatch(mismatch.body.toString(), new RegExp(SECRET_KEY.slice(0, 12)));
  assert.equal(stored.length, 0);
});

const MALFORMED: readonly (readonly [why: string, authorization: string, code: string])[] = [
  ['no components', 'AWS4-HMAC-SHA256 ', 'AuthorizationHeaderMalformed'],
  [
    'a missing signature',
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host',
    'AuthorizationHeaderMalformed',
  ],
  [
    'a component twice',
    'AWS4-HMAC-SHA256 Credential=a, Credential=b, SignedHeaders=host, Signature=x',
    'AuthorizationHeaderMalformed',
  ],
  [
    'a short credential',
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1, SignedHeaders=host, Signature=x',
    'AuthorizationHeaderMalformed',
  ],
  [
    'another service',
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=x',
    'AuthorizationHeaderMalformed',
  ],
  ['version 4A', 'AWS4-ECDSA-P256-SHA256 Credential=a, SignedHeaders=host, Signature=x', 'NotImplemented'],
  ['basic', 'Basic YTpi', 'InvalidArgument'],
  ['bearer', 'Bearer abc', 'InvalidArgument'],
  ['version 2 without a colon', 'AWS abc', 'InvalidArgument'],
  ['nothing', '', 'InvalidArgument'],
];

for (const [why, authorization, code] of MALFORMED) {
  test(`an Authorization header with ${why} is refused`, async () => {
    await using server = await startWireServer({});
    const headers = { host: 'localhost', 'x-amz-date': timestampOf(Date.now()), authorization };
    assert.equal(xmlField(await rawRequest(server.port, 'GET', '/bucket', headers), 'Code'), code);
  });
}

test('another region is told the right one, in the body and for HEAD in a header', async () => {
  await using server = await startWireServer({});
  const signed = sign({ method: 'GET', path: '/bucket', region: 'eu-west-1' });
  const answer = await rawRequest(server.port, 'GET', signed.target, signed.headers);
  assert.equal(answer.status, 400);
  assert.equal(xmlField(answer, 'Code'), 'AuthorizationHeaderMalformed');
  assert.equal(xmlField(answer, 'Region'), 'us-east-1');
  assert.equal(answer.headers['x-amz-bucket-region'], 'us-east-1');
  const url = presign({ method: 'GET', path: '/bucket', region: 'eu-west-1' });
  const presigned = await rawRequest(server.port, 'GET', url, { host: 'localhost' });
  assert.equal(xmlField(presigned, 'Code'), 'AuthorizationQueryParametersError');
  assert.equal(xmlField(presigned, 'Region'), 'us-east-1');
});

test('presigned URLs keep to their limits', async () => {
  await using server = await startWireServer({
    GetObject: async () => ({ status: 200, headers: {}, body: { kind: 'empty' } }),
  });
  const get = async (target: string, headers: Record<string, string> = { host: 'localhost' }) => {
    const answer = await rawRequest(server.port, 'GET', target, headers);
    return answer.status === 200 ? 'OK' : xmlField(answer, 'Code');
  };
  const url = (options: Partial<SignOptions> & { expires?: string } = {}) =>
    presign({ method: 'GET', path: '/bucket/key', ...options });
  assert.equal(await get(url()), 'OK');
  assert.equal(await get(url({ expires: '604800' })), 'OK');
  assert.equal(await get(url({ expires: '604801' })), 'AuthorizationQueryParametersError');
  assert.equal(await get(url({ expires: '-1' })), 'AuthorizationQueryParametersError');
  assert.equal(await get(url({ expires: 'soon' })), 'AuthorizationQueryParametersError');
  assert.equal(await get(url({ expires: '60', nowMs: Date.now() - 61_000 })), 'AccessDenied');
  assert.equal(await get(url({ expires: '604800', nowMs: Date.now() - 6 * 24 * 60 * MINUTE })), 'OK');
  assert.equal(await get(url().replace('X-Amz-Expires=300', 'X-Amz-Expires=301')), 'SignatureDoesNotMatch');
  assert.equal(await get(url().replace('&X-Amz-Date', '&X-Amz-Dat')), 'AuthorizationQueryParametersError');
  assert.equal(await get(url({ query: { 'response-content-type': 'text/plain' } })), 'OK');
  assert.equal(await get(`${url()}&response-content-type=text/html`), 'SignatureDoesNotMatch');
  assert.equal(await get(url(), { host: 'localhost', authorization: 'AWS a:b' }), 'InvalidArgument');
  assert.equal(await get(url(), { host: 'localhost', range: 'bytes=0-1', 'user-agent': 'x' }), 'OK');
});

test('signed x-amz parameters of a presigned query count as headers', async () => {
  const seen: unknown[] = [];
  await using server = await startWireServer({
    PutObject: async (_context, request) => {
      seen.push([
        request.header('x-amz-storage-class'),
        [...request.headersWithPrefix('x-amz-meta-')],
        request.body.checksumAlgorithm,
      ]);
      await request.body.readAll(100);
      return { status: 200, headers: {}, body: { kind: 'empty' } };
    },
  });
  const put = async (query: Record<string, string>) => {
    const target = presign({ method: 'PUT', path: '/bucket/key', query });
    const answer = await rawRequest(
      server.port,
      'PUT',
      target,
      { host: 'localhost', 'content-length': String(BODY.length) },
      BODY,
    );
    return answer.status === 200 ? 'OK' : xmlField(answer, 'Code');
  };
  const query = { 'x-amz-storage-class': 'STANDARD_IA', 'x-amz-meta-a': 'é', 'x-amz-checksum-sha256': checksum(BODY) };
  assert.equal(await put(query), 'OK');
  assert.deepEqual(seen, [['STANDARD_IA', [['x-amz-meta-a', '\xc3\xa9']], 'SHA256']]);
  assert.equal(await put({ ...query, 'x-amz-checksum-sha256': checksum(Buffer.from('other')) }), 'BadDigest');
  assert.equal(await put({ 'x-amz-object-lock-mode': 'COMPLIANCE' }), 'InvalidRequest');
  assert.equal(await put({ 'X-Amz-Security-Token': 'x' }), 'InvalidToken');
});

test('odd paths verify as signers encode them', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const put = async (wirePath: string, signedPath: string) => {
    const signed = sign({ method: 'PUT', path: signedPath, payload: 'UNSIGNED-PAYLOAD' });
    const answer = await rawRequest(server.port, 'PUT', wirePath, { ...signed.headers, 'content-length': '1' }, 'x');
    return answer.status === 200 ? stored.at(-1)?.key : xmlField(answer, 'Code');
  };
  assert.equal(await put('/bucket/a%20b', '/bucket/a%20b'), 'a b');
  assert.equal(await put('/bucket/a(b)', '/bucket/a%28b%29'), 'a(b)');
  assert.equal(await put('/bucket/a(b)', '/bucket/a(b)'), 'a(b)');
  assert.equal(await put('/bucket/a+b', '/bucket/a%2Bb'), 'a+b');
  assert.equal(await put('/bucket/%c3%bc', '/bucket/%C3%BC'), 'ü');
  assert.equal(await put('/bucket/a//b/../c/', '/bucket/a//b/../c/'), 'a//b/../c/');
  assert.equal(await put('/bucket/%252F', '/bucket/%252F'), '%2F');
  assert.equal(await put('/bucket/%2F', '/bucket//'), '/');
  assert.equal(await put('/bucket/a', '/bucket/%61'), 'SignatureDoesNotMatch');
});

test('version 2 can be switched off', async () => {
  await using server = await startWireServer({}, { context: wireContext({ v2: false }) });
  for (const name of ['version 2 header', 'version 2 presigned'] as const) {
    const answer = await KINDS[name]?.(server);
    assert.equal(answer && xmlField(answer, 'Code'), 'InvalidRequest');
  }
});

test('version 2 signs sub-resources in order', async () => {
  await using server = await startWireServer({
    GetBucketTagging: async () => ({ status: 200, headers: {}, body: { kind: 'empty' } }),
  });
  const date = new Date().toUTCString();
  const get = (resource: string, target: string) => {
    const authorization = `AWS ${ACCESS_KEY}:${v2Signature(`GET\n\n\n${date}\n${resource}`, SECRET_KEY)}`;
    return rawRequest(server.port, 'GET', target, { host: 'localhost', date, authorization });
  };
  assert.equal((await get('/bucket?tagging', '/bucket?tagging&prefix=x')).status, 200);
  assert.equal((await get('/bucket', '/bucket?tagging')).status, 403);
});

test('a body signed by its digest is checked, and signed headers must be there', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const send = KINDS['header, signed body'];
  assert.ok(send);
  const answer = await send(server, {}, Buffer.from('the quick brown cat'));
  assert.equal(xmlField(answer, 'Code'), 'XAmzContentSHA256Mismatch');
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload: sha256(BODY) });
  const { 'x-amz-content-sha256': _, ...without } = signed.headers;
  const missing = await rawRequest(server.port, 'PUT', '/bucket/key', { ...without, 'content-length': '0' });
  assert.equal(xmlField(missing, 'Code'), 'InvalidRequest');
  assert.equal(stored.length, 0);
});

test('the digest of the body is signed without standing among the signed headers', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const target = presign({ method: 'PUT', path: '/bucket/key' });
  const put = async (payload: string) => {
    const headers = { host: 'localhost', 'x-amz-content-sha256': payload, 'content-length': String(BODY.length) };
    const answer = await rawRequest(server.port, 'PUT', target, headers, BODY);
    return answer.status === 200 ? 'OK' : xmlField(answer, 'Code');
  };
  assert.equal(await put('UNSIGNED-PAYLOAD'), 'OK');
  assert.equal(await put(sha256(BODY)), 'SignatureDoesNotMatch');
  assert.equal(await put('STREAMING-UNSIGNED-PAYLOAD-TRAILER'), 'SignatureDoesNotMatch');
  assert.equal(stored.length, 1);
});

test('chunks that claim a signature need a request that has one', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const signed = sign({ method: 'PUT', path: '/bucket/key' });
  const wire = signedChunks(signed, BODY, 8192);
  const headers = {
    host: 'localhost',
    'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'x-amz-decoded-content-length': String(BODY.length),
    'content-length': String(wire.length),
  };
  assert.equal(xmlField(await rawRequest(server.port, 'PUT', '/bucket/key', headers, wire), 'Code'), 'AccessDenied');
  assert.equal(stored.length, 0);
});
