import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type BucketCannedACL, GetBucketAclCommand, PutBucketAclCommand } from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());

const put = (bucket: string, xml: string, amzHeaders = {}) =>
  raw({ method: 'PUT', path: `/${bucket}`, query: 'acl=', xml, amzHeaders });

test('private, by name or by the document that GET shows', async () => {
  const Bucket = await scene.newBucket();
  assert.equal(await refusalOf(client.send(new PutBucketAclCommand({ Bucket, ACL: 'private' }))), 'was accepted');
  const { Owner, Grants } = await client.send(new GetBucketAclCommand({ Bucket }));
  const same = new PutBucketAclCommand({ Bucket, AccessControlPolicy: { Owner, Grants } });
  assert.equal(await refusalOf(client.send(same)), 'was accepted');
  const { xml } = await raw({ method: 'GET', path: `/${Bucket}`, query: 'acl=' });
  assert.equal((await put(Bucket, xml)).status, 200);
});

test('every other ACL is refused where ACLs are off', async () => {
  const Bucket = await scene.newBucket();
  for (const ACL of ['public-read', 'public-read-write', 'authenticated-read'] as BucketCannedACL[]) {
    const call = client.send(new PutBucketAclCommand({ Bucket, ACL }));
    assert.equal(await refusalOf(call), '400 AccessControlListNotSupported');
  }
  for (const header of ['read', 'write', 'read-acp', 'write-acp', 'full-control']) {
    const answer = await put(Bucket, '', { [`x-amz-grant-${header}`]: 'id="x"' });
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'AccessControlListNotSupported'], header);
  }
  assert.equal((await put(Bucket, '', { 'x-amz-acl': 'nonsense' })).element('Code'), 'InvalidArgument');
  const { xml } = await raw({ method: 'GET', path: `/${Bucket}`, query: 'acl=' });
  const grant = /<Grant>.*<\/Grant>/;
  for (const other of [xml.replace(grant, '$&$&'), xml.replace(grant, ''), xml.replace('FULL_CONTROL', 'READ')]) {
    assert.equal((await put(Bucket, other)).element('Code'), 'AccessControlListNotSupported', other);
  }
});

test('nothing, both and nonsense', async () => {
  const bucket = await scene.newBucket();
  const { xml } = await raw({ method: 'GET', path: `/${bucket}`, query: 'acl=' });
  assert.equal((await put(bucket, '')).element('Code'), 'MissingSecurityHeader');
  assert.equal((await put(bucket, xml, { 'x-amz-acl': 'private' })).element('Code'), 'UnexpectedContent');
  assert.equal((await put(bucket, '<AccessControlPolicy/>')).element('Code'), 'MalformedACLError');
  assert.equal((await put(bucket, '<Other/>')).element('Code'), 'MalformedACLError');
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  for (const stranger of ['bob', 'abe', 'reader']) {
    const call = as(stranger).send(new PutBucketAclCommand({ Bucket, ACL: 'private' }));
    assert.equal(await refusalOf(call), '403 AccessDenied');
  }
});
