import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  DeleteBucketEncryptionCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketEncryptionCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';
import { RawClient } from '../support/s3/raw-client.ts';
import { sha256, sign } from '../support/s3/sign.ts';
import { seededBytes } from '../support/seeded.ts';

const scene = await openObjectScene();
const { client, put, get, wire } = scene;
after(() => scene.close());

const md5 = (bytes: string | Buffer) => createHash('md5').update(bytes).digest('hex');
const crc64OfHello = 'M3eFcAZSQlc=';

test('what is put is got, with its MD5 as ETag', async () => {
  const bucket = await scene.newBucket();
  const body = seededBytes('put', 100_000);
  const answer = await put(bucket, 'a', body, { ContentType: 'text/css' });
  assert.equal(answer.ETag, `"${md5(body)}"`);
  assert.equal(answer.VersionId, undefined);
  const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' }));
  assert.deepEqual(Buffer.from((await got.Body?.transformToByteArray()) ?? []), body);
  assert.equal(got.ContentType, 'text/css');
});

test('sizes around every border of frames and containers', async () => {
  const bucket = await scene.newBucket();
  for (const size of [0, 1, 65_535, 65_536, 65_537, 1_048_576, 1_048_577, 3_000_001]) {
    const body = seededBytes(`size ${size}`, size);
    assert.equal((await put(bucket, `s${size}`, body)).ETag, `"${md5(body)}"`);
    const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `s${size}` }));
    assert.equal(got.ContentLength, size);
    assert.ok(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body), `${size}`);
  }
});

test('every key is itself', async () => {
  const bucket = await scene.newBucket();
  const keys = [
    'a',
    'a/',
    'a//b',
    'a/b',
    '..',
    '../a',
    './a',
    '/',
    '//',
    '%2F',
    '%',
    'a b',
    'a+b',
    'é',
    '日本',
    '🎉',
    '?x=y',
    '#',
  ];
  keys.push('k'.repeat(1024), 'quote\'"<&>', 'tab\there', '\\', '*', 'CON', 'a\u007f');
  for (const key of keys) await put(bucket, key, `body of ${key}`);
  for (const key of keys) assert.equal((await get(bucket, key)).text, `body of ${key}`, key);
  const listed = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  assert.deepEqual(
    listed.Contents?.map((object) => object.Key),
    sorted,
  );
  assert.equal(await refusalOf(put(bucket, 'k'.repeat(1025))), '400 KeyTooLongError');
  assert.equal(await refusalOf(put(bucket, 'é'.repeat(513))), '400 KeyTooLongError');
});

test('headers, metadata and tags come back as they were sent', async () => {
  const bucket = await scene.newBucket();
  const sent = {
    CacheControl: 'max-age=1',
    ContentDisposition: 'attachment; filename="a b.txt"',
    ContentEncoding: 'gzip',
    ContentLanguage: 'de',
    ContentType: 'text/plain; charset=utf-8',
    WebsiteRedirectLocation: '/elsewhere',
    StorageClass: 'STANDARD_IA',
  } as const;
  await put(bucket, 'a', 'x', {
    ...sent,
    Expires: new Date('2030-01-02T03:04:05Z'),
    Metadata: { Upper: 'Case Kept', empty: '', word: '=?UTF-8?Q?gr=C3=B6=C3=9Fe?=' },
    Tagging: 'a=1&b=%C3%A4',
  });
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
  for (const [name, value] of Object.entries(sent)) assert.equal(head[name as keyof typeof sent], value, name);
  assert.equal(head.ExpiresString, 'Wed, 02 Jan 2030 03:04:05 GMT');
  assert.deepEqual(head.Metadata, { upper: 'Case Kept', empty: '', word: '=?UTF-8?B?Z3LDtsOfZQ==?=' });
  const tags = await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'a' }));
  assert.deepEqual(tags.TagSet, [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: 'ä' },
  ]);
});

test('metadata in UTF-8 comes back as an encoded word', async () => {
  const bucket = await scene.newBucket();
  const command = new PutObjectCommand({ Bucket: bucket, Key: 'a', Metadata: { m: 'größe', ['__proto__']: 'x' } });
  const presigner = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  // The presigner puts metadata into the query, where it is UTF-8 without doubt.
  const answer = await fetch(await getSignedUrl(presigner, command), { method: 'PUT', body: 'x' });
  assert.equal(answer.status, 200);
  const head = await wire({ method: 'HEAD', path: `/${bucket}/a` });
  assert.equal(head.header('x-amz-meta-m'), '=?UTF-8?B?Z3LDtsOfZQ==?=');
  assert.equal(head.header('x-amz-meta-__proto__'), 'x');
});

test('what is too large or wrong about an object stores nothing', async () => {
  const bucket = await scene.newBucket();
  const cases: [more: Parameters<typeof put>[3], refusal: string][] = [
    [{ Metadata: { a: 'v'.repeat(2048) } }, '400 MetadataTooLarge'],
    [{ Tagging: 'a=1&a=2' }, '400 InvalidArgument'],
    [{ Tagging: Array.from({ length: 11 }, (_, i) => `k${i}=`).join('&') }, '400 BadRequest'],
    [{ Tagging: 'aws:x=1' }, '400 InvalidTag'],
    [{ StorageClass: 'GLACIER' }, '400 InvalidStorageClass'],
    [{ StorageClass: 'LUKEWARM' as 'GLACIER' }, '400 InvalidStorageClass'],
    [{ WebsiteRedirectLocation: 'elsewhere' }, '400 InvalidRedirectLocation'],
    [{ ServerSideEncryption: 'aws:kms' }, '501 NotImplemented'],
    [{ ObjectLockLegalHoldStatus: 'ON' }, '400 InvalidRequest'],
    [{ ACL: 'public-read' }, '400 AccessControlListNotSupported'],
    [{ IfMatch: '*' }, '501 NotImplemented'],
    [{ IfNoneMatch: '"abc"' }, '501 NotImplemented'],
    [{ IfMatch: '"abc"', IfNoneMatch: '*' }, '501 NotImplemented'],
    [{ IfMatch: '"abc"' }, '404 NoSuchKey'],
    [{ ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }, '400 BadDigest'],
    [{ ChecksumSHA256: createHash('sha256').update('other').digest('base64') }, '400 BadDigest'],
    [{ ChecksumCRC32: 'AAAAAA==' }, '400 BadDigest'],
  ];
  for (const [more, refusal] of cases) assert.equal(await refusalOf(put(bucket, 'a', 'body', more)), refusal);
  assert.equal((await client.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount, 0);
  assert.equal(await refusalOf(put('no-such-bucket', 'a')), '404 NoSuchBucket');
});

test('a large body with a wrong checksum leaves no file behind', async () => {
  const bucket = await scene.newBucket();
  const chunks = join(scene.server.dataDir, 'disk', 'chunks');
  const count = () =>
    readdirSync(chunks, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
  const before = count();
  const wrong = put(bucket, 'a', seededBytes('large', 3_000_000), { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' });
  assert.equal(await refusalOf(wrong), '400 BadDigest');
  assert.equal(count(), before);
});

test('the checksum is the one the client chose, CRC64NVME where it chose none', async () => {
  const bucket = await scene.newBucket();
  const sha256 = createHash('sha256').update('hello').digest('base64');
  const chosen = await put(bucket, 'sha', 'hello', { ChecksumAlgorithm: 'SHA256' });
  assert.deepEqual(
    [chosen.ChecksumSHA256, chosen.ChecksumType, chosen.ChecksumCRC64NVME],
    [sha256, 'FULL_OBJECT', undefined],
  );
  const none = await wire({ method: 'PUT', path: `/${bucket}/none`, body: Buffer.from('hello') });
  assert.equal(none.header('x-amz-checksum-crc64nvme'), crc64OfHello);
  const get = async (key: string, mode?: 'ENABLED') =>
    client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: key, ...(mode === undefined ? {} : { ChecksumMode: mode }) }),
    );
  assert.equal((await get('none', 'ENABLED')).ChecksumCRC64NVME, crc64OfHello);
  assert.equal((await get('sha', 'ENABLED')).ChecksumSHA256, sha256);
  assert.equal((await wire({ method: 'HEAD', path: `/${bucket}/sha` })).header('x-amz-checksum-sha256'), undefined);
});

test('of racing If-None-Match: * writes exactly one is stored', async () => {
  const bucket = await scene.newBucket();
  for (let round = 0; round < 5; round++) {
    const racers = Array.from({ length: 8 }, (_, i) =>
      refusalOf(put(bucket, `race-${round}`, `body ${i}`, { IfNoneMatch: '*' }).then(() => undefined)),
    );
    const outcomes = await Promise.all(racers);
    assert.equal(outcomes.filter((outcome) => outcome === 'was accepted').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === '412 PreconditionFailed').length, 7);
  }
});

test('If-Match writes over the object that is meant, and no other', async () => {
  const bucket = await scene.versionedBucket();
  const first = await put(bucket, 'a', 'one');
  assert.equal(await refusalOf(put(bucket, 'a', 'two', { IfMatch: '"0123"' })), '412 PreconditionFailed');
  await put(bucket, 'a', 'two', { IfMatch: first.ETag });
  await scene.remove(bucket, 'a');
  assert.equal(await refusalOf(put(bucket, 'a', 'x', { IfMatch: first.ETag })), '404 NoSuchKey');
  await put(bucket, 'a', 'three', { IfNoneMatch: '*' });
});

test('a refused condition names its header', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a');
  const answer = await wire({
    method: 'PUT',
    path: `/${bucket}/a`,
    body: Buffer.from('x'),
    headers: { 'If-None-Match': '*' },
  });
  assert.equal(answer.status, 412);
  assert.match(answer.body.toString(), /<Code>PreconditionFailed<\/Code>.*<Condition>If-None-Match<\/Condition>/);
});

test('a body that is refused anyway is never asked for', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a', 'stands');
  const { host, port } = new URL(scene.server.endpoint);
  const { accessKeyId, secretAccessKey } = scene.server.rootCredentials;
  const answerTo = async (key: string, more: Record<string, string>) => {
    const signed = sign({
      method: 'PUT',
      path: `/${bucket}/${key}`,
      headers: more,
      payload: sha256('body'),
      accessKey: accessKeyId,
      secret: secretAccessKey,
      region: scene.server.context.config.region,
      nowMs: Date.now(),
      host,
    });
    await using socket = await RawClient.connect(Number(port));
    socket.sendHead('PUT', signed.target, { ...signed.headers, 'Content-Length': '4', Expect: '100-continue' });
    const first = await socket.answer();
    if (first.status !== 100) return first.status;
    socket.send('body');
    return `100 ${(await socket.answer()).status}`;
  };
  assert.equal(await answerTo('a', { 'if-none-match': '*' }), 412);
  assert.equal(await answerTo('a', { 'if-match': '"0123"' }), 412);
  assert.equal(await answerTo('b', { 'if-match': '"0123"' }), 404);
  assert.equal(await answerTo('b', { 'x-amz-storage-class': 'GLACIER' }), 400);
  assert.equal(await answerTo('b', { 'if-none-match': '*' }), '100 200');
  assert.equal((await get(bucket, 'a')).text, 'stands');
});

test('a write takes no version id', async () => {
  const bucket = await scene.versionedBucket();
  const answer = await wire({ method: 'PUT', path: `/${bucket}/a`, query: 'versionId=null', body: Buffer.from('x') });
  assert.equal(answer.status, 400);
  assert.match(answer.body.toString(), /<Code>InvalidArgument</);
});

test('version ids: opaque where enabled, none where off, null for Veeam alone where suspended', async () => {
  const bucket = await scene.versionedBucket();
  const [one, two] = [await put(bucket, 'a'), await put(bucket, 'keys with {braces}')];
  assert.match(one.VersionId ?? '', /^[A-Za-z0-9._]{32}$/);
  assert.notEqual(one.VersionId, two.VersionId);
  await scene.setVersioning(bucket, 'Suspended');
  assert.equal((await put(bucket, 'a')).VersionId, undefined);
  const veeam = await wire({
    method: 'PUT',
    path: `/${bucket}/a`,
    body: Buffer.from('x'),
    headers: { 'User-Agent': 'APN/1.0 Veeam/1.0 Backup/12.1' },
  });
  assert.equal(veeam.header('x-amz-version-id'), 'null');
});

test('encryption is reported exactly where bytes are encrypted', async () => {
  const bucket = await scene.newBucket();
  const plain = seededBytes('plain text to look for', 5000);
  assert.equal((await put(bucket, 'plain', plain)).ServerSideEncryption, undefined);
  assert.equal((await put(bucket, 'asked', plain, { ServerSideEncryption: 'AES256' })).ServerSideEncryption, 'AES256');
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } as const;
  await client.send(
    new PutBucketEncryptionCommand({ Bucket: bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } }),
  );
  assert.equal((await put(bucket, 'default', plain)).ServerSideEncryption, 'AES256');
  await client.send(new DeleteBucketEncryptionCommand({ Bucket: bucket }));
  for (const [key, encryption] of [
    ['plain', undefined],
    ['asked', 'AES256'],
    ['default', 'AES256'],
  ] as const) {
    const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    assert.equal(got.ServerSideEncryption, encryption, key);
    assert.ok(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(plain), key);
  }
});

test('a user writes into its own buckets only', async () => {
  const bucket = await scene.newBucket('ann');
  const as = (user: string) =>
    refusalOf(scene.as(user).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x' })));
  assert.equal(await as('ann'), 'was accepted');
  assert.equal(await as('boss'), 'was accepted');
  assert.equal(await as('abe'), '403 AccessDenied');
  assert.equal(await as('bob'), '403 AccessDenied');
  assert.equal(await as('reader'), '403 AccessDenied');
});
