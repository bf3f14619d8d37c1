import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { DeleteObjectsCommand, type ObjectIdentifier } from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';
import { sha256, sign } from '../support/s3/sign.ts';

const scene = await openObjectScene();
const { client, put, history, raw } = scene;
after(() => scene.close());

const removeAll = (Bucket: string, Objects: ObjectIdentifier[], Quiet?: boolean) =>
  client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, ...(Quiet === undefined ? {} : { Quiet }) } }));
const post = (bucket: string, xml: string, withoutChecksum = false) =>
  raw({ method: 'POST', path: `/${bucket}`, query: 'delete=', xml, withoutChecksum });

test('keys go, absent ones too; quiet tells only of errors', async () => {
  const bucket = await scene.newBucket();
  for (const key of ['a', ' b ', 'c&<', 'd']) await put(bucket, key);
  const answer = await removeAll(bucket, [{ Key: 'a' }, { Key: ' b ' }, { Key: 'c&<' }, { Key: 'absent' }]);
  assert.deepEqual(answer.Deleted, [{ Key: 'a' }, { Key: ' b ' }, { Key: 'c&<' }, { Key: 'absent' }]);
  assert.equal(answer.Errors, undefined);
  const quiet = await removeAll(bucket, [{ Key: 'd' }, { Key: 'k'.repeat(1025) }], true);
  assert.equal(quiet.Deleted, undefined);
  assert.deepEqual(
    quiet.Errors?.map((error) => error.Code),
    ['KeyTooLongError'],
  );
  assert.deepEqual(await history(bucket), []);
});

test('versions, markers and conditions, each with its own result', async () => {
  const bucket = await scene.versionedBucket();
  const one = await put(bucket, 'a', 'one');
  const two = await put(bucket, 'a', 'two');
  await put(bucket, 'b');
  const answer = await removeAll(bucket, [
    { Key: 'a', VersionId: one.VersionId },
    { Key: 'b' },
    { Key: 'a', VersionId: 'no-id' },
    { Key: 'a', ETag: one.ETag },
    { Key: 'c', ETag: one.ETag },
    { Key: 'a', ETag: two.ETag },
  ]);
  assert.deepEqual(answer.Deleted?.[0], { Key: 'a', VersionId: one.VersionId });
  const marker = answer.Deleted?.[1];
  assert.deepEqual([marker?.Key, marker?.DeleteMarker, marker?.VersionId], ['b', true, undefined]);
  assert.ok(marker?.DeleteMarkerVersionId);
  assert.deepEqual(
    answer.Errors?.map((error) => [error.Key, error.Code, error.VersionId]),
    [
      ['a', 'NoSuchVersion', 'no-id'],
      ['a', 'PreconditionFailed', undefined],
      ['c', 'NoSuchKey', undefined],
    ],
  );
  const again = await removeAll(bucket, [{ Key: 'b', VersionId: marker?.DeleteMarkerVersionId }]);
  assert.deepEqual(again.Deleted, [
    {
      Key: 'b',
      VersionId: marker?.DeleteMarkerVersionId,
      DeleteMarker: true,
      DeleteMarkerVersionId: marker?.DeleteMarkerVersionId,
    },
  ]);
  assert.deepEqual((await removeAll(bucket, [{ Key: 'a', VersionId: one.VersionId }])).Errors, undefined);
});

test('a thousand keys in one request, not one more', async () => {
  const bucket = await scene.newBucket();
  const keys = Array.from({ length: 1000 }, (_, i) => `key-${i}`);
  for (let i = 0; i < keys.length; i += 50) await Promise.all(keys.slice(i, i + 50).map((key) => put(bucket, key, '')));
  const objects = keys.map((Key) => ({ Key }));
  assert.equal(await refusalOf(removeAll(bucket, [...objects, { Key: 'more' }])), '400 MalformedXML');
  const answer = await removeAll(bucket, objects);
  assert.deepEqual(
    answer.Deleted?.map((deleted) => deleted.Key),
    keys,
  );
  assert.deepEqual(await history(bucket), []);
});

test('either digest satisfies, none does not', async () => {
  const bucket = await scene.newBucket();
  const xml = '<Delete><Object><Key>a</Key></Object></Delete>';
  assert.equal((await post(bucket, xml)).status, 200);
  const none = await post(bucket, xml, true);
  assert.equal(none.status, 400);
  const { host } = new URL(scene.server.endpoint);
  const { accessKeyId, secretAccessKey } = scene.server.rootCredentials;
  const { headers } = sign({
    method: 'POST',
    path: `/${bucket}`,
    query: { delete: '' },
    headers: { 'content-md5': createHash('md5').update(xml).digest('base64') },
    payload: sha256(xml),
    accessKey: accessKeyId,
    secret: secretAccessKey,
    region: scene.server.context.config.region,
    nowMs: Date.now(),
    host,
  });
  const md5 = await fetch(`${scene.server.endpoint}/${bucket}?delete=`, { method: 'POST', body: xml, headers });
  assert.equal(md5.status, 200);
});

test('broken documents delete nothing', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a');
  const one = '<Object><Key>a</Key></Object>';
  for (const xml of [
    '<Delete></Delete>',
    `<Remove>${one}</Remove>`,
    `<Delete>${one}`,
    `<Delete>${one}<Quiet>maybe</Quiet></Delete>`,
    `<Delete>${one}<Object></Object></Delete>`,
    `<Delete>${one}<Object><Key></Key></Object></Delete>`,
    `<Delete>${one}<Object><Key>a</Key><Key>b</Key></Object></Delete>`,
    `<Delete>${one}<Object><Key>a</Key><Other/></Object></Delete>`,
    `<Delete>${one}<Object><Key>a<b>c</b></Key></Object></Delete>`,
    `<Delete>${one}<Other/></Delete>`,
    `<!DOCTYPE d [<!ENTITY e "a">]><Delete>${one}</Delete>`,
  ]) {
    const answer = await post(bucket, xml);
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'MalformedXML'], xml);
  }
  const directory = await post(bucket, `<Delete><Object><Key>a</Key><Size>1</Size></Object></Delete>`);
  assert.equal(directory.status, 501);
  assert.deepEqual(await history(bucket), ['a null*']);
});

test('what only directory buckets know is refused, a bypass of locks that nobody holds is not', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a');
  for (const element of ['<Size>4</Size>', '<LastModifiedTime>2030-01-01T00:00:00Z</LastModifiedTime>']) {
    const answer = await post(bucket, `<Delete><Object><Key>a</Key>${element}</Object></Delete>`);
    assert.deepEqual([answer.status, answer.element('Code')], [501, 'NotImplemented']);
  }
  assert.deepEqual(await history(bucket), ['a null*']);
  const Delete = { Objects: [{ Key: 'a' }] };
  await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete, BypassGovernanceRetention: true }));
  assert.deepEqual(await history(bucket), []);
});

test('with namespace, prefix, empty version and escapes', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a\r\n&');
  const answer = await post(
    bucket,
    '<x:Delete xmlns:x="http://s3.amazonaws.com/doc/2006-03-01/"><x:Quiet>false</x:Quiet>' +
      '<x:Object><x:Key>a&#13;&#10;&amp;</x:Key><x:VersionId></x:VersionId></x:Object></x:Delete>',
  );
  assert.equal(answer.status, 200);
  assert.deepEqual(await history(bucket), []);
});

test('what a user may not delete stays', async () => {
  const bucket = await scene.newBucket('ann');
  const xml = '<Delete><Object><Key>a</Key></Object></Delete>';
  const as = async (user: string) =>
    (await raw({ method: 'POST', path: `/${bucket}`, query: 'delete=', xml }, user)).status;
  assert.deepEqual([await as('ann'), await as('abe'), await as('reader')], [200, 403, 403]);
});
