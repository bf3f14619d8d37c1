import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Client, CopyConditions } from 'minio';
import { type ClientScene, clientTest, REGION } from './support/client-test.ts';
import { seededBytes } from './support/trees.ts';

const MIB = 1024 * 1024;
const BUCKET = 'minio-js-bucket';
// The package says its version; there is no program to ask. Its functional suite is not part of the published package.
const { version } = createRequire(import.meta.url)('minio/package.json') as { version: string };

clientTest('minio-js', { tool: { path: process.execPath, version: `minio ${version}` }, missing: '' }, scenario);

async function scenario(scene: ClientScene): Promise<void> {
  const { hostname, port } = new URL(scene.endpoint);
  const minio = new Client({
    endPoint: hostname,
    port: Number(port),
    useSSL: false,
    accessKey: scene.accessKeyId,
    secretKey: scene.secretAccessKey,
    region: REGION,
    partSize: 5 * MIB,
  });
  await minio.makeBucket(BUCKET, REGION);
  assert.equal(await minio.bucketExists(BUCKET), true);
  assert.equal(await minio.bucketExists('minio-js-none'), false);
  await objects(minio);
  await files(minio, scene);
  await multipart(minio);
  await presigned(minio);
  await versions(minio);
  await emptyAndRemove(minio);
}

async function objects(minio: Client): Promise<void> {
  const body = seededBytes(100_000, 31);
  const metadata = { 'Content-Type': 'text/x-test', 'X-Amz-Meta-Colour': 'blue' };
  await minio.putObject(BUCKET, 'a/ä +%.bin', body, body.length, metadata);
  assert.deepEqual(await buffer(await minio.getObject(BUCKET, 'a/ä +%.bin')), body);
  assert.deepEqual(await buffer(await minio.getPartialObject(BUCKET, 'a/ä +%.bin', 100, 50)), body.subarray(100, 150));
  const stat = await minio.statObject(BUCKET, 'a/ä +%.bin');
  assert.equal(stat.size, body.length);
  assert.equal(stat.metaData['colour'], 'blue');
  assert.equal(stat.metaData['content-type'], 'text/x-test');
  await minio.copyObject(BUCKET, 'copy', `/${BUCKET}/a/ä +%.bin`, new CopyConditions());
  assert.deepEqual(await buffer(await minio.getObject(BUCKET, 'copy')), body);
  await assert.rejects(minio.getObject(BUCKET, 'none'), { code: 'NoSuchKey' });
  await minio.setObjectTagging(BUCKET, 'copy', { team: 'one', place: 'köln' });
  const tags = [...(await minio.getObjectTagging(BUCKET, 'copy'))];
  assert.deepEqual(tags.map((tag) => tag.Key).sort(), ['place', 'team']);
  await minio.removeObjectTagging(BUCKET, 'copy', { versionId: 'null' });
}

async function files(minio: Client, scene: ClientScene): Promise<void> {
  const source = join(scene.folder('files'), 'source');
  const target = join(scene.folder('files'), 'target');
  writeFileSync(source, seededBytes(11 * MIB + 7, 32));
  await minio.fPutObject(BUCKET, 'file', source);
  await minio.fGetObject(BUCKET, 'file', target);
  assert.ok(readFileSync(target).equals(readFileSync(source)));
}

async function multipart(minio: Client): Promise<void> {
  const body = seededBytes(16 * MIB, 33);
  const pieces = Readable.from([body.subarray(0, 7), body.subarray(7, 9 * MIB), body.subarray(9 * MIB)]);
  await minio.putObject(BUCKET, 'stream', pieces);
  assert.ok((await buffer(await minio.getObject(BUCKET, 'stream'))).equals(body));
  const upload = await minio.initiateNewMultipartUpload(BUCKET, 'left/behind', {});
  assert.ok(upload.length > 0);
  const incomplete = await minio.listIncompleteUploads(BUCKET, 'left', true).toArray();
  assert.deepEqual(
    incomplete.map((each: { key: string }) => each.key),
    ['left/behind'],
  );
  await minio.removeIncompleteUpload(BUCKET, 'left/behind');
  assert.deepEqual(await minio.listIncompleteUploads(BUCKET, '', true).toArray(), []);
}

async function presigned(minio: Client): Promise<void> {
  const put = await minio.presignedPutObject(BUCKET, 'signed', 60);
  assert.equal((await fetch(put, { method: 'PUT', body: 'by url' })).status, 200);
  const get = await minio.presignedGetObject(BUCKET, 'signed', 60, { 'response-content-type': 'text/plain' });
  const answer = await fetch(get);
  assert.equal(answer.headers.get('content-type'), 'text/plain');
  assert.equal(await answer.text(), 'by url');

  const policy = minio.newPostPolicy();
  policy.setBucket(BUCKET);
  policy.setKey('form');
  policy.setExpires(new Date(Date.now() + 60_000));
  policy.setContentLengthRange(1, 100);
  const { postURL, formData } = await minio.presignedPostPolicy(policy);
  const form = new FormData();
  for (const [name, value] of Object.entries(formData)) form.append(name, String(value));
  form.append('file', new Blob(['by form']), 'any');
  assert.equal((await fetch(postURL, { method: 'POST', body: form })).status, 204);
  assert.equal((await buffer(await minio.getObject(BUCKET, 'form'))).toString(), 'by form');
}

async function versions(minio: Client): Promise<void> {
  await minio.makeBucket('minio-js-versions', REGION);
  await minio.setBucketVersioning('minio-js-versions', { Status: 'Enabled' });
  const first = await minio.putObject('minio-js-versions', 'k', 'first');
  await minio.putObject('minio-js-versions', 'k', 'second');
  await minio.removeObject('minio-js-versions', 'k');
  await assert.rejects(minio.statObject('minio-js-versions', 'k'));
  const { versionId } = first;
  assert.ok(versionId);
  const old = await minio.getObject('minio-js-versions', 'k', { versionId });
  assert.equal((await buffer(old)).toString(), 'first');
  const listed = await minio.listObjects('minio-js-versions', '', true, { IncludeVersion: true }).toArray();
  assert.equal(listed.length, 3);
  const all = listed.map((each: { name: string; versionId: string }) => ({
    name: each.name,
    versionId: each.versionId,
  }));
  await minio.removeObjects('minio-js-versions', all);
  await minio.removeBucket('minio-js-versions');
}

async function emptyAndRemove(minio: Client): Promise<void> {
  const names = (await minio.listObjectsV2(BUCKET, '', true).toArray()).map((each: { name: string }) => each.name);
  assert.deepEqual(names, ['a/ä +%.bin', 'copy', 'file', 'form', 'signed', 'stream']);
  const top = await minio.listObjects(BUCKET, '', false).toArray();
  assert.equal(top.filter((each: { prefix?: string }) => each.prefix === 'a/').length, 1);
  await minio.removeObjects(BUCKET, names);
  await minio.removeBucket(BUCKET);
  assert.deepEqual(await minio.listBuckets(), []);
}
