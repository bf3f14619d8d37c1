import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetObjectAclCommand,
  GetObjectCommand,
  type ObjectCannedACL,
  PutObjectAclCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, as, raw } = scene;
after(() => scene.close());

async function newObject(user?: string): Promise<{ Bucket: string; Key: string }> {
  const object = { Bucket: await scene.newBucket(user), Key: 'a/b' };
  await (user === undefined ? client : as(user)).send(new PutObjectCommand({ ...object, Body: 'kept' }));
  return object;
}

test('what every object has is accepted: private, bucket-owner-full-control, its own document', async () => {
  const object = await newObject();
  for (const ACL of ['private', 'bucket-owner-full-control'] as ObjectCannedACL[]) {
    assert.equal(await refusalOf(client.send(new PutObjectAclCommand({ ...object, ACL }))), 'was accepted');
  }
  const { Owner, Grants } = await client.send(new GetObjectAclCommand(object));
  const same = new PutObjectAclCommand({ ...object, AccessControlPolicy: { Owner, Grants } });
  assert.equal(await refusalOf(client.send(same)), 'was accepted');
  const body = await (await client.send(new GetObjectCommand(object))).Body?.transformToString();
  assert.equal(body, 'kept');
});

test('everything else is refused', async () => {
  const object = await newObject();
  const answer = (ACL: ObjectCannedACL) => refusalOf(client.send(new PutObjectAclCommand({ ...object, ACL })));
  assert.equal(await answer('public-read'), '400 AccessControlListNotSupported');
  assert.equal(await answer('bucket-owner-read'), '400 AccessControlListNotSupported');
  const path = `/${object.Bucket}/${object.Key}`;
  const shown = await raw({ method: 'GET', path, query: 'acl=' });
  const put = (xml: string) => raw({ method: 'PUT', path, query: 'acl=', xml });
  assert.equal((await put(shown.xml.replace('FULL_CONTROL', 'READ'))).element('Code'), 'AccessControlListNotSupported');
  assert.equal((await put('')).element('Code'), 'MissingSecurityHeader');
  assert.equal((await put('<x/>')).element('Code'), 'MalformedACLError');
});

test('absent objects, and who may', async () => {
  const object = await newObject('ann');
  const put = (who: string, Key: string) =>
    refusalOf(as(who).send(new PutObjectAclCommand({ Bucket: object.Bucket, Key, ACL: 'private' })));
  assert.equal(await put('ann', 'none'), '404 NoSuchKey');
  for (const stranger of ['bob', 'abe', 'reader']) assert.equal(await put(stranger, object.Key), '403 AccessDenied');
});
