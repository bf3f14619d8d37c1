import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { GetBucketAclCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { openBucketScene } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { as, raw } = scene;
after(() => scene.close());

test('the owner has full control, nobody else anything', async () => {
  const Bucket = await scene.newBucket('ann');
  const { Owner } = await as('ann').send(new ListBucketsCommand({}));
  for (const who of ['ann', 'boss', 'chief', 'reader']) {
    const acl = await as(who).send(new GetBucketAclCommand({ Bucket }));
    assert.deepEqual(acl.Owner, Owner);
    assert.deepEqual(acl.Grants, [{ Grantee: { ...Owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }]);
  }
});

test("no bucket, another's bucket", async () => {
  const bucket = await scene.newBucket('ann');
  const ask = (path: string) => raw({ method: 'GET', path, query: 'acl=' }, 'bob');
  assert.equal((await ask('/nowhere')).element('Code'), 'NoSuchBucket');
  assert.equal((await ask(`/${bucket}`)).element('Code'), 'AccessDenied');
});
