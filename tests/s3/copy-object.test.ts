import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  type CopyObjectCommandInput,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { uploadAll } from '../support/s3/multipart.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';
import { seededBytes } from '../support/seeded.ts';

const scene = await openObjectScene();
const { client, put, get, remove, history, wire } = scene;
after(() => scene.close());

const copy = (Bucket: string, Key: string, CopySource: string, more: Partial<CopyObjectCommandInput> = {}) =>
  client.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...more }));
const head = (Bucket: string, Key: string) =>
  client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
const extents = () =>
  scene.server.context.catalogue.read((tx) => tx.all<{ id: number; refs: number }>('SELECT id, refs FROM extent'));
const tagsOf = async (Bucket: string, Key: string) =>
  (await client.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet;

test('bytes, headers, metadata and tags go along; no byte moves', async () => {
  const [from, to] = [await scene.newBucket(), await scene.newBucket()];
  const body = seededBytes('copy', 3_000_000);
  const source = await put(from, 'a ü+%', body, {
    ContentType: 'text/css',
    CacheControl: 'no-cache',
    Metadata: { m: 'v' },
    Tagging: 'a=1',
    StorageClass: 'REDUCED_REDUNDANCY',
  });
  const before = await extents();
  const copied = await copy(to, 'b', `${from}/${encodeURIComponent('a ü+%')}`);
  assert.deepEqual((await extents()).length, before.length);
  assert.equal(copied.CopyObjectResult?.ETag, source.ETag);
  assert.equal(copied.CopyObjectResult?.ChecksumCRC32, source.ChecksumCRC32);
  const got = await client.send(new GetObjectCommand({ Bucket: to, Key: 'b' }));
  assert.ok(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body));
  assert.deepEqual(
    [got.ContentType, got.CacheControl, got.Metadata, got.StorageClass],
    ['text/css', 'no-cache', { m: 'v' }, undefined],
  );
  assert.deepEqual(await tagsOf(to, 'b'), [{ Key: 'a', Value: '1' }]);
  await remove(from, 'a ü+%');
  assert.equal((await head(to, 'b')).ContentLength, body.length);
});

test('directives replace', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a', 'x', { ContentType: 'text/css', Metadata: { old: '1' }, Tagging: 'old=1' });
  await copy(bucket, 'b', `${bucket}/a`, {
    MetadataDirective: 'REPLACE',
    ContentType: 'text/html',
    Metadata: { fresh: '2' },
    TaggingDirective: 'REPLACE',
    Tagging: 'fresh=2',
    StorageClass: 'ONEZONE_IA',
  });
  const facts = await head(bucket, 'b');
  assert.deepEqual(
    [facts.ContentType, facts.Metadata, facts.StorageClass],
    ['text/html', { fresh: '2' }, 'ONEZONE_IA'],
  );
  assert.deepEqual(await tagsOf(bucket, 'b'), [{ Key: 'fresh', Value: '2' }]);
  await copy(bucket, 'c', `${bucket}/a`, {
    Metadata: { ignored: '3' },
    ContentType: 'ignored/too',
    Tagging: 'ignored=3',
  });
  assert.deepEqual(
    [(await head(bucket, 'c')).Metadata, (await head(bucket, 'c')).ContentType],
    [{ old: '1' }, 'text/css'],
  );
  assert.deepEqual(await tagsOf(bucket, 'c'), [{ Key: 'old', Value: '1' }]);
  await copy(bucket, 'd', `${bucket}/a`, { TaggingDirective: 'REPLACE' });
  assert.deepEqual(await tagsOf(bucket, 'd'), []);
  for (const more of [{ MetadataDirective: 'MOVE' }, { TaggingDirective: 'MOVE' }]) {
    // An SDK type would not let these pass.
    const wrong = more as Partial<CopyObjectCommandInput>;
    assert.equal(await refusalOf(copy(bucket, 'e', `${bucket}/a`, wrong)), '400 InvalidArgument');
  }
});

test('onto itself only where something changes', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a', 'x', { Metadata: { m: '1' } });
  const self = (more: Partial<CopyObjectCommandInput> = {}) => refusalOf(copy(bucket, 'a', `${bucket}/a`, more));
  assert.equal(await self(), '400 InvalidRequest');
  assert.equal(await self({ StorageClass: 'STANDARD' }), '400 InvalidRequest');
  assert.equal(await refusalOf(copy(bucket, 'a', `${bucket}/a?versionId=null`)), '400 InvalidRequest');
  assert.equal(await self({ MetadataDirective: 'REPLACE', Metadata: { m: '2' } }), 'was accepted');
  assert.deepEqual((await head(bucket, 'a')).Metadata, { m: '2' });
  assert.equal(await self({ StorageClass: 'STANDARD_IA' }), 'was accepted');
  assert.equal(await self({ ServerSideEncryption: 'AES256' }), 'was accepted');
  assert.equal(await self({ WebsiteRedirectLocation: '/b' }), 'was accepted');
  assert.equal((await get(bucket, 'a')).text, 'x');
  const copies = await extents();
  assert.ok(copies.some((extent) => extent.refs === 1));
});

test('an older version restored by copying it onto its key', async () => {
  const bucket = await scene.versionedBucket();
  const one = (await put(bucket, 'a', 'one')).VersionId;
  const two = (await put(bucket, 'a', 'two')).VersionId;
  const copied = await copy(bucket, 'a', `${bucket}/a?versionId=${one}`);
  assert.equal(copied.CopySourceVersionId, one);
  assert.equal((await get(bucket, 'a')).text, 'one');
  assert.deepEqual(await history(bucket, { one, two, three: copied.VersionId }), ['a three*', 'a two', 'a one']);
});

test('what cannot be copied', async () => {
  const bucket = await scene.versionedBucket();
  await put(bucket, 'a');
  const marker = (await remove(bucket, 'a')).versionId;
  const cases: [source: string, refusal: string][] = [
    [`${bucket}/absent`, '404 NoSuchKey'],
    [`${bucket}/a`, '404 NoSuchKey'],
    [`${bucket}/a?versionId=${marker}`, '400 InvalidRequest'],
    [`${bucket}/a?versionId=${'A'.repeat(32)}`, '404 NoSuchVersion'],
    [`${bucket}/a?versionId=x`, '400 InvalidArgument'],
    ['no-such-bucket/a', '404 NoSuchBucket'],
    [bucket, '400 InvalidArgument'],
    [`${bucket}/`, '400 InvalidArgument'],
    [`${bucket}/%ff`, '400 InvalidArgument'],
  ];
  for (const [source, refusal] of cases) assert.equal(await refusalOf(copy(bucket, 'b', source)), refusal, source);
  assert.equal(await refusalOf(copy('no-such-bucket', 'b', `${bucket}/a`)), '404 NoSuchBucket');
});

test('conditions on the source are 412, all of them', async () => {
  const bucket = await scene.newBucket();
  const tag = (await put(bucket, 'a')).ETag;
  const past = new Date(Date.now() - 3_600_000);
  const future = new Date(Date.now() + 3_600_000);
  const written = (await scene.get(bucket, 'a')).answer.LastModified;
  const cases: [more: Partial<CopyObjectCommandInput>, outcome: string][] = [
    [{ CopySourceIfMatch: tag }, 'was accepted'],
    [{ CopySourceIfMatch: '"x"' }, '412 PreconditionFailed'],
    [{ CopySourceIfMatch: tag, CopySourceIfUnmodifiedSince: past }, 'was accepted'],
    [{ CopySourceIfNoneMatch: tag }, '412 PreconditionFailed'],
    [{ CopySourceIfNoneMatch: tag, CopySourceIfModifiedSince: past }, '412 PreconditionFailed'],
    [{ CopySourceIfNoneMatch: '"x"' }, 'was accepted'],
    [{ CopySourceIfModifiedSince: written }, '412 PreconditionFailed'],
    [{ CopySourceIfModifiedSince: future }, 'was accepted'],
    [{ CopySourceIfUnmodifiedSince: past }, '412 PreconditionFailed'],
  ];
  for (const [more, outcome] of cases) {
    assert.equal(await refusalOf(copy(bucket, 'b', `${bucket}/a`, more)), outcome, JSON.stringify(more));
  }
});

test('conditions on the destination, atomically', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a');
  const header = { 'x-amz-copy-source': `/${bucket}/a` };
  const race = await Promise.all(
    Array.from({ length: 6 }, () =>
      wire({ method: 'PUT', path: `/${bucket}/b`, amzHeaders: header, headers: { 'If-None-Match': '*' } }),
    ),
  );
  assert.deepEqual(race.map((answer) => answer.status).sort(), [200, 412, 412, 412, 412, 412]);
  const wrong = await wire({ method: 'PUT', path: `/${bucket}/b`, amzHeaders: header, headers: { 'If-Match': '"x"' } });
  assert.equal(wrong.status, 412);
});

test('encryption is what the destination asks for', async () => {
  const bucket = await scene.newBucket();
  const body = seededBytes('encrypted copy', 200_000);
  await put(bucket, 'secret', body, { ServerSideEncryption: 'AES256' });
  await put(bucket, 'plain', body);
  const cases = [
    ['secret', 'kept', 'AES256'],
    ['secret', 'opened', undefined],
    ['plain', 'sealed', 'AES256'],
  ] as const;
  for (const [from, to, encryption] of cases) {
    const more = encryption === undefined ? {} : { ServerSideEncryption: encryption };
    assert.equal((await copy(bucket, to, `${bucket}/${from}`, more)).ServerSideEncryption, encryption);
    const got = await client.send(new GetObjectCommand({ Bucket: bucket, Key: to }));
    assert.equal(got.ServerSideEncryption, encryption);
    assert.ok(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body), to);
  }
});

test('another checksum is computed from the bytes', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a', 'hello');
  const copied = await copy(bucket, 'b', `${bucket}/a`, { ChecksumAlgorithm: 'SHA256' });
  const sha256 = createHash('sha256').update('hello').digest('base64');
  assert.equal(copied.CopyObjectResult?.ChecksumSHA256, sha256);
  assert.deepEqual(
    [(await head(bucket, 'b')).ChecksumSHA256, (await head(bucket, 'b')).ChecksumType],
    [sha256, 'FULL_OBJECT'],
  );
});

for (const algorithm of ['CRC32', 'SHA1'] as const) {
  test(`the composite ${algorithm} of a multipart source becomes one of the whole object`, async () => {
    const bucket = await scene.newBucket();
    const target = { Bucket: bucket, Key: 'parts' };
    const bodies = [seededBytes('one', 5 * 1024 ** 2), seededBytes('two', 99)];
    const created = await client.send(new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: algorithm }));
    const { UploadId } = created;
    const Parts = [];
    for (const [i, Body] of bodies.entries()) {
      const part = { ...target, UploadId, PartNumber: i + 1, Body, ChecksumAlgorithm: algorithm };
      const { ETag, ChecksumCRC32, ChecksumSHA1 } = await client.send(new UploadPartCommand(part));
      Parts.push({ PartNumber: i + 1, ETag, ChecksumCRC32, ChecksumSHA1 });
    }
    await client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
    const whole = await put(bucket, 'whole', Buffer.concat(bodies), { ChecksumAlgorithm: algorithm });
    const { CopyObjectResult } = await copy(bucket, 'copy', `${bucket}/parts`);
    assert.equal(CopyObjectResult?.ChecksumType, 'FULL_OBJECT');
    assert.equal(CopyObjectResult?.[`Checksum${algorithm}`], whole[`Checksum${algorithm}`]);
    assert.equal((await head(bucket, 'copy')).ContentLength, 5 * 1024 ** 2 + 99);
  });
}

test('the copy of a multipart object keeps its ETag and is one piece', async () => {
  const bucket = await scene.newBucket();
  const bodies = [seededBytes('one', 5 * 1024 ** 2), seededBytes('two', 99)];
  const { ETag } = await uploadAll(client, bucket, 'parts', bodies);
  await copy(bucket, 'copy', `${bucket}/parts`);
  const piece = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'copy', PartNumber: 1 }));
  assert.deepEqual([piece.ETag, piece.PartsCount, piece.ContentLength], [ETag, undefined, 5 * 1024 ** 2 + 99]);
  const attributes = await client.send(
    new GetObjectAttributesCommand({ Bucket: bucket, Key: 'copy', ObjectAttributes: ['ETag', 'ObjectParts'] }),
  );
  assert.deepEqual([attributes.ETag, attributes.ObjectParts], [ETag?.replaceAll('"', ''), undefined]);
});

test('reading the source is asked for as well', async () => {
  const [anns, abes] = [await scene.newBucket('ann'), await scene.newBucket('abe')];
  await scene.as('abe').send(new PutObjectCommand({ Bucket: abes, Key: 'secret', Body: 'x' }));
  const stolen = scene.as('ann').send(new CopyObjectCommand({ Bucket: anns, Key: 'a', CopySource: `${abes}/secret` }));
  assert.equal(await refusalOf(stolen), '403 AccessDenied');
  const dotted = scene
    .as('ann')
    .send(new CopyObjectCommand({ Bucket: anns, Key: 'a', CopySource: `${anns}/../${abes}/secret` }));
  assert.equal(await refusalOf(dotted), '404 NoSuchKey');
  const owner = { ExpectedSourceBucketOwner: '000000000000' };
  const expected = scene
    .as('ann')
    .send(new CopyObjectCommand({ Bucket: anns, Key: 'a', CopySource: `${anns}/b`, ...owner }));
  assert.equal(await refusalOf(expected), '403 AccessDenied');
});

test('copies while the source is overwritten are one version or the other', async () => {
  const bucket = await scene.newBucket();
  const bodies = ['even '.repeat(1000), 'odd '.repeat(1000)];
  await put(bucket, 'a', bodies[0]);
  const work = Array.from({ length: 40 }, (_, i) =>
    i % 2 === 0 ? put(bucket, 'a', bodies[(i / 2) % 2]) : copy(bucket, `copy-${i}`, `${bucket}/a`),
  );
  await Promise.all(work);
  for (let i = 1; i < 40; i += 2) assert.ok(bodies.includes((await get(bucket, `copy-${i}`)).text));
});
