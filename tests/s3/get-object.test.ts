import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { expectedETag, uploadAll } from '../support/s3/multipart.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';
import { seededBytes } from '../support/seeded.ts';

const scene = await openObjectScene();
const { client, put, wire } = scene;
after(() => scene.close());

const BODY = seededBytes('get', 3_000_000);
const bucket = await scene.newBucket();
const stored = await put(bucket, 'object', BODY, { ContentType: 'text/plain', CacheControl: 'no-cache' });
const small = await put(bucket, 'small', 'hello');

async function read(more: Partial<GetObjectCommandInput> = {}, Key = 'object') {
  const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key, ...more }));
  return { answer, bytes: Buffer.from((await answer.Body?.transformToByteArray()) ?? []) };
}

test('the whole object, with its validators', async () => {
  const { answer, bytes } = await read();
  assert.ok(bytes.equals(BODY));
  assert.equal(answer.ETag, stored.ETag);
  assert.equal(answer.AcceptRanges, 'bytes');
  assert.equal(answer.StorageClass, undefined);
  assert.equal(answer.LastModified?.getMilliseconds(), 0);
  assert.equal(answer.ContentRange, undefined);
});

test('one range, wherever it begins and ends', async () => {
  const size = BODY.length;
  const ranges: [header: string, start: number, end: number][] = [
    ['bytes=0-0', 0, 1],
    ['bytes=1-99', 1, 100],
    ['bytes=65530-65545', 65530, 65546],
    ['bytes=1048570-1048590', 1048570, 1048591],
    ['bytes=2999999-', 2999999, size],
    ['bytes=-5', size - 5, size],
    ['bytes=-99999999', 0, size],
    ['bytes=100-99999999', 100, size],
  ];
  for (const [Range, start, end] of ranges) {
    const { answer, bytes } = await read({ Range });
    assert.equal(answer.$metadata.httpStatusCode, 206);
    assert.equal(answer.ContentRange, `bytes ${start}-${end - 1}/${size}`);
    assert.ok(bytes.equals(BODY.subarray(start, end)), Range);
  }
});

test('several ranges, and what is none, get the whole object', async () => {
  for (const Range of ['bytes=0-1,3-4', 'bytes=9-3', 'items=1-2']) {
    const { answer, bytes } = await read({ Range }, 'small');
    assert.equal(answer.$metadata.httpStatusCode, 200);
    assert.equal(bytes.toString(), 'hello');
  }
});

test('a range behind the end is refused with the size', async () => {
  const answer = await wire({ method: 'GET', path: `/${bucket}/small`, headers: { Range: 'bytes=5-' } });
  assert.equal(answer.status, 416);
  assert.equal(answer.header('content-range'), 'bytes */5');
  assert.match(answer.body.toString(), /<Code>InvalidRange<.*<ActualObjectSize>5</);
  await put(bucket, 'empty', '');
  assert.equal(await refusalOf(read({ Range: 'bytes=0-' }, 'empty')), '416 InvalidRange');
  assert.equal((await read({}, 'empty')).answer.ContentLength, 0);
});

test('If-Range sends the range only of the object that is meant', async () => {
  const ask = (validator: string | undefined) =>
    wire({ method: 'GET', path: `/${bucket}/small`, headers: { Range: 'bytes=0-1', 'If-Range': validator ?? '' } });
  assert.equal((await ask(small.ETag)).status, 206);
  assert.equal((await ask('"other"')).status, 200);
  const head = await wire({ method: 'HEAD', path: `/${bucket}/small` });
  assert.equal((await ask(head.header('last-modified'))).status, 206);
  assert.equal((await ask('Mon, 01 Jan 2001 00:00:00 GMT')).status, 200);
});

test('conditions, tags before dates', async () => {
  const past = new Date(Date.now() - 3_600_000);
  const future = new Date(Date.now() + 3_600_000);
  const written = (await read({}, 'small')).answer.LastModified;
  const cases: [more: Partial<GetObjectCommandInput>, outcome: string][] = [
    [{ IfMatch: small.ETag }, 'was accepted'],
    [{ IfMatch: '*' }, 'was accepted'],
    [{ IfMatch: '"x"' }, '412 PreconditionFailed'],
    [{ IfMatch: small.ETag, IfUnmodifiedSince: past }, 'was accepted'],
    [{ IfUnmodifiedSince: past }, '412 PreconditionFailed'],
    [{ IfUnmodifiedSince: future }, 'was accepted'],
    [{ IfNoneMatch: '"x"' }, 'was accepted'],
    [{ IfNoneMatch: '"x"', IfModifiedSince: future }, 'was accepted'],
    [{ IfModifiedSince: past }, 'was accepted'],
    [{ IfModifiedSince: future }, 'was accepted'],
  ];
  for (const [more, outcome] of cases)
    assert.equal(await refusalOf(read(more, 'small')), outcome, JSON.stringify(more));
  for (const more of [{ IfNoneMatch: small.ETag }, { IfModifiedSince: written }]) {
    await assert.rejects(read(more, 'small'), (error: { $metadata?: { httpStatusCode?: number } }) => {
      assert.equal(error.$metadata?.httpStatusCode, 304);
      return true;
    });
  }
  const unmodified = await wire({
    method: 'GET',
    path: `/${bucket}/small`,
    headers: { 'If-None-Match': small.ETag ?? '' },
  });
  assert.deepEqual([unmodified.status, unmodified.header('etag'), unmodified.body.length], [304, small.ETag, 0]);
  assert.equal(unmodified.header('cache-control'), undefined);
  const { ETag } = await put(bucket, 'cached', 'x', { CacheControl: 'max-age=60', Expires: new Date(0) });
  const cached = await wire({ method: 'GET', path: `/${bucket}/cached`, headers: { 'If-None-Match': ETag ?? '' } });
  assert.equal(cached.header('cache-control'), 'max-age=60');
  assert.equal(cached.header('expires'), 'Thu, 01 Jan 1970 00:00:00 GMT');
});

test('what is not there', async () => {
  assert.equal(await refusalOf(read({}, 'absent')), '404 NoSuchKey');
  assert.equal(
    await refusalOf(client.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'a' }))),
    '404 NoSuchBucket',
  );
  assert.equal(await refusalOf(read({ VersionId: 'x' })), '400 InvalidArgument');
  assert.equal(await refusalOf(read({ VersionId: 'A'.repeat(32) })), '404 NoSuchVersion');
  assert.equal((await read({ VersionId: 'null' }, 'small')).bytes.toString(), 'hello');
  const answer = await wire({ method: 'GET', path: `/${bucket}/absent` });
  assert.match(answer.body.toString(), /<Key>absent<\/Key>/);
});

test('versions, and delete markers in the way', async () => {
  const versioned = await scene.versionedBucket();
  const one = await put(versioned, 'a', 'one');
  const two = await put(versioned, 'a', 'two');
  const marker = await scene.remove(versioned, 'a');
  assert.equal((await scene.get(versioned, 'a', one.VersionId)).text, 'one');
  const got = await scene.get(versioned, 'a', two.VersionId);
  assert.deepEqual([got.text, got.answer.VersionId], ['two', two.VersionId]);
  const hidden = await wire({ method: 'GET', path: `/${versioned}/a` });
  assert.deepEqual(
    [hidden.status, hidden.header('x-amz-delete-marker'), hidden.header('x-amz-version-id')],
    [404, 'true', marker.versionId],
  );
  assert.match(hidden.body.toString(), /<Code>NoSuchKey</);
  assert.equal(hidden.header('last-modified'), undefined);
  const named = await wire({ method: 'GET', path: `/${versioned}/a`, query: `versionId=${marker.versionId}` });
  assert.deepEqual([named.status, named.header('x-amz-delete-marker'), named.header('allow')], [405, 'true', 'DELETE']);
  assert.match(named.header('last-modified') ?? '', / GMT$/);
  assert.match(named.body.toString(), /<Code>MethodNotAllowed<.*<ResourceType>DeleteMarker</);
  await scene.remove(versioned, 'a', marker.versionId);
  assert.equal((await scene.get(versioned, 'a')).text, 'two');
});

test('signed requests choose headers of the answer', async () => {
  const { answer } = await read({
    ResponseCacheControl: 'max-age=7',
    ResponseContentDisposition: 'attachment; filename="café.txt"',
    ResponseContentEncoding: 'identity',
    ResponseContentLanguage: 'fr',
    ResponseContentType: 'text/x-other',
    ResponseExpires: new Date('2031-01-01T00:00:00Z'),
  });
  assert.equal(answer.CacheControl, 'max-age=7');
  assert.equal(answer.ContentLanguage, 'fr');
  assert.equal(answer.ContentType, 'text/x-other');
  assert.equal(answer.ExpiresString, 'Wed, 01 Jan 2031 00:00:00 GMT');
  const command = new GetObjectCommand({ Bucket: bucket, Key: 'small', ResponseContentType: 'text/x-signed' });
  const signed = await fetch(await getSignedUrl(client, command));
  assert.deepEqual([signed.headers.get('content-type'), await signed.text()], ['text/x-signed', 'hello']);
  assert.equal(await refusalOf(read({ ResponseContentDisposition: '日本' })), '400 InvalidArgument');
  const unsigned = await fetch(`${scene.server.endpoint}/${bucket}/small?response-content-type=text/html`);
  assert.equal(unsigned.status, 403);
});

test('a checksum comes on request, with the whole object only', async () => {
  const whole = await read({ ChecksumMode: 'ENABLED' }, 'small');
  assert.equal(whole.answer.ChecksumType, 'FULL_OBJECT');
  assert.ok(whole.answer.ChecksumCRC32);
  const range = await wire({
    method: 'GET',
    path: `/${bucket}/small`,
    headers: { Range: 'bytes=0-1' },
    amzHeaders: { 'x-amz-checksum-mode': 'ENABLED' },
  });
  assert.equal(range.header('x-amz-checksum-crc32'), undefined);
  assert.equal((await wire({ method: 'GET', path: `/${bucket}/small` })).header('x-amz-checksum-crc32'), undefined);
});

test('parts of a multipart object by number', async () => {
  const target = { Bucket: bucket, Key: 'parts' };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'CRC32' }));
  const bodies = [seededBytes('part 1', 5 * 1024 ** 2), seededBytes('part 2', 77)];
  const Parts = [];
  for (const [i, Body] of bodies.entries()) {
    const PartNumber = i + 1;
    const part = await client.send(
      new UploadPartCommand({ ...target, UploadId, PartNumber, Body, ChecksumAlgorithm: 'CRC32' }),
    );
    Parts.push({ PartNumber, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 });
  }
  await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  const second = await read({ PartNumber: 2, ChecksumMode: 'ENABLED' }, 'parts');
  assert.equal(second.answer.$metadata.httpStatusCode, 206);
  assert.equal(second.answer.ContentRange, `bytes 5242880-5242956/5242957`);
  assert.equal(second.answer.PartsCount, 2);
  assert.equal(second.answer.ChecksumCRC32, Parts[1]?.ChecksumCRC32);
  assert.ok(second.bytes.equals(bodies[1] ?? Buffer.alloc(0)));
  assert.equal(await refusalOf(read({ PartNumber: 3 }, 'parts')), '416 InvalidPartNumber');
  assert.equal(await refusalOf(read({ PartNumber: 0 }, 'parts')), '400 InvalidArgument');
  assert.equal(await refusalOf(read({ PartNumber: 1, Range: 'bytes=0-1' }, 'parts')), '400 InvalidRequest');
  assert.ok((await read({}, 'parts')).bytes.equals(Buffer.concat(bodies)));
});

test('an empty part is no byte, not the whole object', async () => {
  const first = seededBytes('part 1', 5 * 1024 ** 2);
  const upload = async (Key: string, bodies: readonly Buffer[]) => {
    await uploadAll(client, bucket, Key, bodies, { algorithm: 'CRC32' });
  };
  await upload('empty-last', [first, Buffer.alloc(0)]);
  await upload('empty-only', [Buffer.alloc(0)]);
  for (const [Key, PartNumber, count] of [
    ['empty-last', 2, 2],
    ['empty-only', 1, 1],
  ] as const) {
    const { answer, bytes } = await read({ PartNumber, ChecksumMode: 'ENABLED' }, Key);
    assert.deepEqual([bytes.length, answer.ContentRange, answer.PartsCount], [0, undefined, count]);
    assert.equal(answer.ChecksumCRC32, 'AAAAAA==');
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key, PartNumber }));
    assert.equal(head.ContentLength, 0);
  }
  assert.ok((await read({ PartNumber: 1 }, 'empty-last')).bytes.equals(first));
  assert.ok((await read({}, 'empty-last')).bytes.equals(first));
  const whole = await read({}, 'empty-only');
  assert.deepEqual([whole.bytes.length, whole.answer.ETag], [0, expectedETag([Buffer.alloc(0)])]);
});

test('an object put in one piece is its only part', async () => {
  const { answer, bytes } = await read({ PartNumber: 1 }, 'small');
  assert.deepEqual([answer.$metadata.httpStatusCode, answer.PartsCount, bytes.toString()], [206, undefined, 'hello']);
  assert.equal(await refusalOf(read({ PartNumber: 2 }, 'small')), '416 InvalidPartNumber');
});

test('readers read, others do not', async () => {
  const owned = await scene.newBucket('ann');
  await scene.as('ann').send(new PutObjectCommand({ Bucket: owned, Key: 'a', Body: 'x' }));
  const as = (user: string) => refusalOf(scene.as(user).send(new GetObjectCommand({ Bucket: owned, Key: 'a' })));
  assert.equal(await as('reader'), 'was accepted');
  assert.equal(await as('abe'), '403 AccessDenied');
  assert.equal(await as('bob'), '403 AccessDenied');
  assert.equal((await fetch(`${scene.server.endpoint}/${owned}/a`)).status, 403);
});
