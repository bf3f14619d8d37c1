import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  DeleteObjectCommand,
  GetObjectAclCommand,
  ListBucketsCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, as, raw } = scene;
after(() => scene.close());

test("the owner has full control: the bucket's where ownership is enforced, else the writer", async () => {
  const Bucket = await scene.newBucket('ann');
  await as('boss').send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  const ownerOf = async (name: string) => (await as(name).send(new ListBucketsCommand({}))).Owner;
  const acl = await as('reader').send(new GetObjectAclCommand({ Bucket, Key: 'a' }));
  const ann = await ownerOf('ann');
  assert.deepEqual(acl.Owner, ann);
  assert.deepEqual(acl.Grants, [{ Grantee: { ...ann, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }]);
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
  await as('ann').send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  const before = await as('ann').send(new GetObjectAclCommand({ Bucket, Key: 'a' }));
  assert.deepEqual(before.Owner, ann, 'an object keeps the owner it was written with');
  await as('boss').send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'y' }));
  const written = await as('ann').send(new GetObjectAclCommand({ Bucket, Key: 'a' }));
  assert.deepEqual(written.Owner, await ownerOf('boss'));
});

test('absent keys, versions and markers', async () => {
  const Bucket = await scene.newBucket();
  const ask = (Key: string, VersionId?: string) =>
    refusalOf(client.send(new GetObjectAclCommand({ Bucket, Key, VersionId })));
  assert.equal(await ask('none'), '404 NoSuchKey');
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  assert.equal(await ask('a'), '404 NoSuchKey');
  assert.equal(await ask('a', VersionId), 'was accepted');
  assert.equal(await ask('a', marker.VersionId), '405 MethodNotAllowed');
  assert.equal(await ask('a', 'null'), '404 NoSuchVersion');
  assert.equal(await ask('a', 'x'), '400 InvalidArgument');
});

test("no bucket, another's bucket", async () => {
  const bucket = await scene.newBucket('ann');
  const ask = (path: string) => raw({ method: 'GET', path, query: 'acl=' }, 'bob');
  assert.equal((await ask('/nowhere/a')).element('Code'), 'NoSuchBucket');
  assert.equal((await ask(`/${bucket}/a`)).element('Code'), 'AccessDenied');
});
