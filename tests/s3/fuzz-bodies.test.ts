import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, test } from 'node:test';
import fc from 'fast-check';
import { fuzz, headerValue, openFuzzScene, values, wireOf } from '../support/s3/fuzz-scene.ts';
import { dayKey, hmac, signedChunks, timestampOf, unsignedChunks } from '../support/s3/sign.ts';

/*
 * Bodies that are nearly right, in requests that are well signed, at a whole server: XML, chunks, forms. What is stored is
 * what was meant, or nothing.
 */
const scene = await openFuzzScene();
after(() => scene.close());
afterEach(() => scene.stillServes());
const { bucket } = scene;

/** One place of a text that is changed: cut out, doubled, or replaced by something that parsers trip over. */
type Change = { readonly at: number; readonly length: number; readonly put: string };
const odd = fc.constantFrom(
  '<',
  '>',
  '</',
  '/>',
  '&',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '&lol;',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '<?xml version="1.1"?>',
  '<a:b xmlns:a="">',
  '\0',
  '\ufffe',
  '"',
  "'",
  '-1',
  '1e9',
  '9'.repeat(30),
  '<Key>',
  '<Part>',
  '</Object>',
  '<__proto__>',
  'x'.repeat(1500),
  '\r\n--b',
  '\r\n',
  '--',
  ';',
  '=',
);
const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({ at: fc.nat(), length: fc.nat(12), put: fc.oneof(odd, values, fc.constant('')) }),
  { minLength: 0, maxLength: 3 },
);

function changed(text: string, list: readonly Change[]): string {
  let result = text;
  for (const { at, length, put } of list) {
    const place = at % (result.length + 1);
    result = result.slice(0, place) + put + result.slice(place + length);
  }
  return result;
}

const DOCUMENTS: readonly (readonly [method: string, subresource: string, path: string, xml: string])[] = [
  ['PUT', 'tagging', 'key', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>'],
  ['PUT', 'tagging', '', '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>'],
  ['PUT', 'versioning', '', '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'],
  [
    'PUT',
    'cors',
    '',
    '<CORSConfiguration><CORSRule><ID>i</ID><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin><AllowedHeader>x-*</AllowedHeader><MaxAgeSeconds>3</MaxAgeSeconds></CORSRule></CORSConfiguration>',
  ],
  [
    'PUT',
    'encryption',
    '',
    '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>',
  ],
  [
    'PUT',
    'ownershipControls',
    '',
    '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>',
  ],
  [
    'PUT',
    'acl',
    '',
    '<AccessControlPolicy><Owner><ID>a</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>a</ID></Grantee><Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>',
  ],
  [
    'POST',
    'delete',
    '',
    '<Delete><Quiet>false</Quiet><Object><Key>none</Key><VersionId>null</VersionId></Object><Object><Key>b</Key><ETag>"x"</ETag></Object></Delete>',
  ],
  [
    'POST',
    'uploadId',
    'key',
    '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"x"</ETag><ChecksumCRC32>AAAAAA==</ChecksumCRC32></Part><Part><PartNumber>2</PartNumber><ETag>y</ETag></Part></CompleteMultipartUpload>',
  ],
  [
    'PUT',
    '',
    '',
    '<CreateBucketConfiguration><LocationConstraint>us-east-1</LocationConstraint><Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags></CreateBucketConfiguration>',
  ],
];

test('XML bodies', async (t) => {
  const property = fc.asyncProperty(fc.constantFrom(...DOCUMENTS), changes, async ([method, sub, key, xml], list) => {
    const body = Buffer.from(changed(xml, list));
    const query: Record<string, string> = sub === '' ? {} : { [sub]: sub === 'uploadId' ? scene.uploadId : '' };
    const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
    const path = key === '' ? `/${bucket}` : `/${bucket}/${key}`;
    const signed = scene.sign({ method, path, query, headers, payload: 'UNSIGNED-PAYLOAD' });
    const length = { 'content-length': String(body.length) };
    const answer = await scene.ask(wireOf(method, signed.target, { ...signed.headers, ...length }, body));
    assert.ok(answer !== undefined);
  });
  await fuzz(t, property, 800);
});

const DATA = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7 + (i >> 8)) & 0xff));
const flips = fc.array(fc.record({ at: fc.nat(), value: fc.nat(255), insert: fc.boolean() }), { maxLength: 2 });

function flipped(wire: Buffer, list: readonly { at: number; value: number; insert: boolean }[]): Buffer {
  let result = wire;
  for (const { at, value, insert } of list) {
    const place = at % (result.length + 1);
    const rest = result.subarray(place + (insert ? 0 : 1));
    result = Buffer.concat([result.subarray(0, place), Buffer.from([value]), rest]);
  }
  return result;
}

async function isStoredWhole(key: string): Promise<boolean> {
  const { headers } = scene.sign({ method: 'GET', path: `/${bucket}/${key}` });
  const read = await scene.ask(wireOf('GET', `/${bucket}/${key}`, headers));
  return read?.status === 200 && read.body.equals(DATA);
}

const PAYLOADS = [
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
] as const;
const SHA256 = createHash('sha256').update(DATA).digest('base64');

test('chunks of all three kinds: what was meant is stored, or nothing', async (t) => {
  let round = 0;
  const lengths = fc.oneof(fc.constant('20000'), fc.constantFrom('19999', '20001', '', '-1', '0x4e20', '20000, 20000'));
  const property = fc.asyncProperty(
    fc.constantFrom(...PAYLOADS),
    fc.constantFrom(8192, 9000, 20_000),
    lengths,
    flips,
    async (payload, chunkBytes, decodedLength, list) => {
      const key = `chunked-${round++}`;
      const path = `/${bucket}/${key}`;
      const trailer = { 'x-amz-checksum-sha256': SHA256 };
      const headers: Record<string, string> = { 'x-amz-decoded-content-length': decodedLength };
      if (payload.endsWith('TRAILER')) headers['x-amz-trailer'] = 'x-amz-checksum-sha256';
      const signed = scene.sign({ method: 'PUT', path, payload, headers });
      const right =
        payload === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
          ? unsignedChunks(DATA, chunkBytes, trailer)
          : signedChunks(signed, DATA, chunkBytes, payload.endsWith('TRAILER') ? trailer : undefined);
      const body = flipped(right, list);
      const all = { ...signed.headers, 'content-length': String(body.length) };
      const answer = await scene.ask(wireOf('PUT', path, all, body));
      if (list.length === 0 && decodedLength === '20000') assert.equal(answer?.status, 200);
      if (answer?.status === 200) assert.ok(await isStoredWhole(key), 'other bytes were stored');
      else assert.equal(await isStoredWhole(key), false);
    },
  );
  await fuzz(t, property, 300);
});

test('bodies in chunks of HTTP', async (t) => {
  let round = 0;
  const property = fc.asyncProperty(fc.constantFrom(1000, 4096, 20_000), flips, async (chunkBytes, list) => {
    const key = `http-${round++}`;
    const path = `/${bucket}/${key}`;
    const headers = { 'x-amz-checksum-sha256': SHA256 };
    const signed = scene.sign({ method: 'PUT', path, payload: 'UNSIGNED-PAYLOAD', headers });
    const body = flipped(unsignedChunks(DATA, chunkBytes, {}), list);
    const all = { ...signed.headers, 'transfer-encoding': 'chunked' };
    const answer = await scene.ask(wireOf('PUT', path, all, body), { mayLack: list.length > 0 });
    if (list.length === 0) assert.equal(answer?.status, 200);
    if (answer?.status === 200) assert.ok(await isStoredWhole(key), 'other bytes were stored');
  });
  await fuzz(t, property, 150);
});

function signedForm(): Record<string, string> {
  const timestamp = timestampOf(Date.now());
  const date = timestamp.slice(0, 8);
  const { headers } = scene.sign({ method: 'GET', path: '/' });
  const [, accessKey = ''] = /Credential=([^/]+)\//.exec(headers['authorization'] ?? '') ?? [];
  const fields = {
    key: `form/${'$'}{filename}`,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': `${accessKey}/${date}/us-east-1/s3/aws4_request`,
    'x-amz-date': timestamp,
  };
  const conditions = [
    { bucket },
    ['starts-with', '$key', 'form/'],
    ...Object.entries(fields).map(([name, value]) =>
      name === 'key' ? ['starts-with', '$key', ''] : { [name]: value },
    ),
    ['starts-with', '$x-amz-meta-a', ''],
    ['content-length-range', 1, 5000],
  ];
  const document = { expiration: new Date(Date.now() + 60_000).toISOString(), conditions };
  const policy = Buffer.from(JSON.stringify(document)).toString('base64');
  const signature = hmac(dayKey(scene.secret, date, 'us-east-1'), policy).toString('hex');
  return { ...fields, 'x-amz-meta-a': 'some', policy, 'x-amz-signature': signature };
}

function formBody(fields: Readonly<Record<string, string>>): string {
  const part = (name: string, more: string, content: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
  const parts = Object.entries(fields).map(([name, value]) => part(name, '', value));
  return `${parts.join('')}${part('file', '; filename="f.txt"', 'the file')}--b--\r\n`;
}

test('browser forms', async (t) => {
  const types = fc.oneof(
    fc.constant('multipart/form-data; boundary=b'),
    fc.constantFrom('multipart/form-data', 'multipart/form-data; boundary="b"', 'multipart/form-data; boundary='),
    values.map((value) => `multipart/form-data; boundary=${value}`),
  );
  const property = fc.asyncProperty(types, changes, async (type, list) => {
    const body = Buffer.from(changed(formBody(signedForm()), list));
    const headers = { host: 'localhost', 'content-type': headerValue(type), 'content-length': String(body.length) };
    const answer = await scene.ask(wireOf('POST', `/${bucket}`, headers, body));
    assert.ok(answer !== undefined);
    if (list.length === 0 && type.endsWith('=b')) assert.equal(answer.status, 204);
  });
  await fuzz(t, property, 400);
});
