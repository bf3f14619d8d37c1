import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isFailure } from '../../../../src-server/domain/failure.ts';
import { OPERATION_TABLE } from '../../../../src-server/s3/operation-table/index.ts';
import { classOfAction } from '../../../../src-server/services/access/action-classes.ts';
import { authorize } from '../../../../src-server/services/access/authorize.ts';
import type { Identity } from '../../../../src-server/services/identity.ts';
import { openServiceFixture } from '../../../support/service-context.ts';
import { bucketName, identityOf, provision, provisionedUser } from '../../../support/users.ts';

const fixture = openServiceFixture();
const { context } = fixture;
after(() => fixture.close());

const ANONYMOUS = { kind: 'anonymous' } as Identity;
const WHO = ['chief', 'boss-a', 'ann', 'abe', 'reader-a', 'boss-b', 'bob', 'loner', 'lone-reader'] as const;

before(async () => {
  await provision(context, {
    tenants: [{ name: 'a' }, { name: 'b' }],
    users: [
      provisionedUser('chief', 'admin'),
      provisionedUser('boss-a', 'admin', 'a'),
      provisionedUser('ann', 'user', 'a'),
      provisionedUser('abe', 'user', 'a'),
      provisionedUser('reader-a', 'readonly', 'a'),
      provisionedUser('boss-b', 'admin', 'b'),
      provisionedUser('bob', 'user', 'b'),
      provisionedUser('loner', 'user'),
      provisionedUser('lone-reader', 'readonly'),
    ],
    buckets: [
      { name: 'of-ann', owner: 'ann' },
      { name: 'of-bob', owner: 'bob' },
      { name: 'of-loner', owner: 'loner' },
      { name: 'of-root', owner: 'root' },
    ],
  });
});

async function answer(identity: Identity, iamAction: string, bucket?: string): Promise<string> {
  try {
    await authorize(context, { identity, iamAction, bucket: bucket === undefined ? undefined : bucketName(bucket) });
    return 'yes';
  } catch (error) {
    if (!isFailure(error)) throw error;
    return error.code;
  }
}

/** Who may, of everybody. */
async function allowed(iamAction: string, bucket?: string): Promise<string[]> {
  const names: string[] = [];
  for (const name of WHO) {
    if ((await answer(await identityOf(context, name), iamAction, bucket)) === 'yes') names.push(name);
  }
  return names;
}

test('a bucket of a tenant: its admin, its owner, its readers; nobody of another tenant', async () => {
  assert.deepEqual(await allowed('s3:GetObject', 'of-ann'), ['chief', 'boss-a', 'ann', 'reader-a']);
  assert.deepEqual(await allowed('s3:PutObject', 'of-ann'), ['chief', 'boss-a', 'ann']);
  assert.deepEqual(await allowed('s3:DeleteBucket', 'of-ann'), ['chief', 'boss-a', 'ann']);
  assert.deepEqual(await allowed('s3:ListBucket', 'of-bob'), ['chief', 'boss-b', 'bob']);
});

test('a bucket outside of every tenant: its owner and the admin of the whole', async () => {
  assert.deepEqual(await allowed('s3:GetObject', 'of-loner'), ['chief', 'loner']);
  assert.deepEqual(await allowed('s3:GetObject', 'of-root'), ['chief']);
});

test('everybody lists, all but readers create', async () => {
  assert.deepEqual(await allowed('s3:ListAllMyBuckets'), [...WHO]);
  assert.deepEqual(
    await allowed('s3:CreateBucket', 'new-bucket'),
    WHO.filter((name) => !name.includes('reader')),
  );
});

test("signed-in callers learn that a bucket is absent, and AccessDenied where it is another's", async () => {
  const bob = await identityOf(context, 'bob');
  assert.equal(await answer(bob, 's3:GetObject', 'nowhere'), 'NoSuchBucket');
  assert.equal(await answer(bob, 's3:GetObject', 'of-ann'), 'AccessDenied');
});

test('closed by default: anonymous callers, unknown actions, a bucket action without a bucket', async () => {
  const chief = await identityOf(context, 'chief');
  for (const action of ['s3:GetObject', 's3:ListBucket', 's3:PutObject']) {
    assert.equal(await answer(ANONYMOUS, action, 'of-ann'), 'AccessDenied');
    assert.equal(await answer(ANONYMOUS, action, 'nowhere'), 'NoSuchBucket');
  }
  assert.equal(await answer(ANONYMOUS, 's3:ListAllMyBuckets'), 'AccessDenied');
  assert.equal(await answer(chief, 's3:Getobject', 'of-ann'), 'AccessDenied');
  assert.equal(await answer(chief, 's3:*', 'of-ann'), 'AccessDenied');
  assert.equal(await answer(chief, 's3:GetObject'), 'AccessDenied');
});

test('a name taken over by another tenant carries no rights along', async () => {
  const [ann, bob] = [await identityOf(context, 'ann'), await identityOf(context, 'bob')];
  await provision(context, { buckets: [{ name: 'moving', owner: 'ann' }] });
  assert.equal(await answer(ann, 's3:PutObject', 'moving'), 'yes');
  await provision(context, { buckets: [{ name: 'moving', owner: 'bob' }] });
  assert.equal(await answer(ann, 's3:PutObject', 'moving'), 'AccessDenied');
  assert.equal(await answer(bob, 's3:PutObject', 'moving'), 'yes');
});

test('every implemented action of the operation table has a class', () => {
  const unclassed = OPERATION_TABLE.filter(
    (row) => row.handler !== 'not-implemented' && classOfAction(row.iamAction) === undefined,
  );
  assert.deepEqual(
    unclassed.map((row) => row.action),
    [],
  );
});
