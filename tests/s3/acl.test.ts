import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  type BucketCannedACL,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type ObjectCannedACL,
  type ObjectOwnership,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  PutPublicAccessBlockCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import { identityOf, provision } from '../support/users.ts';

const env = { STOWAGE_S3_NEW_BUCKET_PUBLIC_ACCESS_BLOCK: 'false', STOWAGE_S3_NEW_BUCKET_OWNERSHIP: 'ObjectWriter' };
const scene = await openBucketScene({ env });
const { as, server, raw } = scene;
after(() => scene.close());
const DENIED = '403 AccessDenied';
const DONE = 'was accepted';
const canonical = async (name: string) => (await identityOf(server.context, name)).canonicalId;
const ANN = await canonical('ann');
const BOB = await canonical('bob');

async function newBucket(ACL?: BucketCannedACL, ownership?: ObjectOwnership): Promise<string> {
  const Bucket = await scene.newBucket('ann');
  if (ownership !== undefined) {
    const OwnershipControls = { Rules: [{ ObjectOwnership: ownership }] };
    await as('ann').send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
  }
  if (ACL !== undefined) await as('ann').send(new PutBucketAclCommand({ Bucket, ACL }));
  return Bucket;
}

const put = (who: string, Bucket: string, Key: string, more: object = {}) =>
  refusalOf(as(who).send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more })));
const get = (who: string, Bucket: string, Key: string) =>
  refusalOf(as(who).send(new GetObjectCommand({ Bucket, Key })));
const list = (who: string, Bucket: string) => refusalOf(as(who).send(new ListObjectsV2Command({ Bucket })));
const anonymous = async (path: string, method = 'GET', body?: string) =>
  (await fetch(`${server.endpoint}${path}`, { method, ...(body === undefined ? {} : { body }) })).status;
const grantsOf = async (who: string, Bucket: string, Key: string) => {
  const { Grants = [] } = await as(who).send(new GetObjectAclCommand({ Bucket, Key }));
  return Grants.map(({ Grantee, Permission }) => `${Grantee?.ID ?? Grantee?.URI?.split('/').at(-1)} ${Permission}`);
};

test('canned ACLs of a bucket decide who lists and who writes', async () => {
  const cases: [
    acl: BucketCannedACL | undefined,
    bobLists: boolean,
    bobWrites: boolean,
    anyLists: number,
    anyWrites: number,
  ][] = [
    [undefined, false, false, 403, 403],
    ['private', false, false, 403, 403],
    ['public-read', true, false, 200, 403],
    ['public-read-write', true, true, 200, 200],
    ['authenticated-read', true, false, 403, 403],
  ];
  for (const [acl, bobLists, bobWrites, anyLists, anyWrites] of cases) {
    const Bucket = await newBucket(acl);
    assert.equal(await list('bob', Bucket), bobLists ? DONE : DENIED, acl ?? 'none');
    assert.equal(await put('bob', Bucket, 'k'), bobWrites ? DONE : DENIED, acl ?? 'none');
    assert.equal(await anonymous(`/${Bucket}`), anyLists, acl ?? 'none');
    assert.equal(await anonymous(`/${Bucket}/n`, 'PUT', 'x'), anyWrites, acl ?? 'none');
  }
});

test('canned ACLs of an object decide who reads it; a bucket that may be listed opens no object', async () => {
  const Bucket = await newBucket('public-read');
  const cases: [acl: ObjectCannedACL, bob: string, anybody: number][] = [
    ['private', DENIED, 403],
    ['public-read', DONE, 200],
    ['authenticated-read', DONE, 403],
    ['aws-exec-read', DENIED, 403],
  ];
  for (const [ACL, bob, anybody] of cases) {
    assert.equal(await put('ann', Bucket, ACL, { ACL }), DONE);
    assert.deepEqual([await get('bob', Bucket, ACL), await anonymous(`/${Bucket}/${ACL}`)], [bob, anybody], ACL);
    assert.equal(await put('bob', Bucket, ACL), DENIED, ACL);
  }
  assert.equal(await anonymous(`/${Bucket}/none`), 404);
  const closed = await newBucket();
  await put('ann', closed, 'k', { ACL: 'public-read' });
  assert.deepEqual([await anonymous(`/${closed}/k`), await anonymous(`/${closed}/none`)], [200, 403]);
});

test('ObjectWriter: what bob writes is his; the owner of the bucket reads it when he says so, and may delete it', async () => {
  const Bucket = await newBucket('public-read-write');
  await put('bob', Bucket, 'k');
  assert.deepEqual([await get('bob', Bucket, 'k'), await get('ann', Bucket, 'k')], [DONE, DENIED]);
  assert.deepEqual(await grantsOf('bob', Bucket, 'k'), [`${BOB} FULL_CONTROL`]);
  const tags = { Bucket, Key: 'k', Tagging: { TagSet: [] } };
  assert.equal(await refusalOf(as('ann').send(new PutObjectTaggingCommand(tags))), DENIED);
  assert.equal(await refusalOf(as('bob').send(new PutObjectTaggingCommand(tags))), DONE);
  const acl = (who: string, ACL: ObjectCannedACL) =>
    refusalOf(as(who).send(new PutObjectAclCommand({ Bucket, Key: 'k', ACL })));
  assert.equal(await acl('ann', 'public-read'), DENIED);
  assert.equal(await acl('bob', 'bucket-owner-read'), DONE);
  assert.equal(await get('ann', Bucket, 'k'), DONE);
  assert.deepEqual(await grantsOf('bob', Bucket, 'k'), [`${BOB} FULL_CONTROL`, `${ANN} READ`]);
  assert.equal(await acl('ann', 'public-read'), DENIED);
  assert.equal(await acl('bob', 'bucket-owner-full-control'), DONE);
  assert.equal(await acl('ann', 'public-read'), DONE);
  assert.equal(await refusalOf(as('ann').send(new DeleteObjectCommand({ Bucket, Key: 'k' }))), DONE);
  // Root and who administers the whole install see everything.
  await put('bob', Bucket, 'k');
  assert.equal(await get('chief', Bucket, 'k'), DONE);
});

test('writing lets nobody delete what is not theirs', async () => {
  const Bucket = await newBucket('public-read-write');
  await put('ann', Bucket, 'hers');
  await put('bob', Bucket, 'his');
  const remove = (Key: string) => refusalOf(as('bob').send(new DeleteObjectCommand({ Bucket, Key })));
  assert.deepEqual([await remove('hers'), await remove('his')], [DENIED, DONE]);
  assert.equal(await anonymous(`/${Bucket}/hers`, 'DELETE'), 403);
});

test('BucketOwnerPreferred: what is given to the owner of the bucket becomes theirs', async () => {
  const Bucket = await newBucket('public-read-write', 'BucketOwnerPreferred');
  await put('bob', Bucket, 'kept');
  await put('bob', Bucket, 'given', { ACL: 'bucket-owner-full-control' });
  assert.deepEqual([await get('ann', Bucket, 'kept'), await get('ann', Bucket, 'given')], [DENIED, DONE]);
  assert.deepEqual(await grantsOf('ann', Bucket, 'given'), [`${ANN} FULL_CONTROL`]);
  assert.equal(await get('bob', Bucket, 'given'), DENIED);
});

test('BucketOwnerEnforced turns all ACLs off, those that stand too', async () => {
  const Bucket = await newBucket();
  await put('ann', Bucket, 'k', { ACL: 'public-read' });
  assert.equal(await anonymous(`/${Bucket}/k`), 200);
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' as const }] };
  const enforce = () => refusalOf(as('ann').send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls })));
  await as('ann').send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
  assert.equal(await enforce(), '400 InvalidBucketAclWithObjectOwnership');
  await as('ann').send(new PutBucketAclCommand({ Bucket, ACL: 'private' }));
  assert.equal(await enforce(), DONE);
  assert.equal(await anonymous(`/${Bucket}/k`), 403);
  assert.deepEqual(await grantsOf('ann', Bucket, 'k'), [`${ANN} FULL_CONTROL`]);
  assert.equal(await put('ann', Bucket, 'k', { ACL: 'public-read' }), '400 AccessControlListNotSupported');
  assert.equal(await put('ann', Bucket, 'k', { ACL: 'bucket-owner-full-control' }), DONE);
});

test('grants by id, by group and by address, in headers and in documents', async () => {
  const Bucket = await newBucket();
  await provision(server.context, {
    users: [
      { name: 'eve', role: 'user', email: 'eve@us.example' },
      { name: 'twin-1', role: 'user', email: 'twin@us.example' },
      { name: 'twin-2', role: 'user', email: 'twin@us.example' },
    ],
  });
  await put('ann', Bucket, 'k', { GrantRead: `id="${BOB}"` });
  assert.deepEqual([await get('bob', Bucket, 'k'), await anonymous(`/${Bucket}/k`)], [DONE, 403]);
  assert.equal(await refusalOf(as('bob').send(new GetObjectAclCommand({ Bucket, Key: 'k' }))), DENIED);
  const headers = (amzHeaders: Record<string, string>) =>
    raw({ method: 'PUT', path: `/${Bucket}/k`, query: 'acl=', amzHeaders }, 'ann');
  const codeOf = async (value: string) => (await headers({ 'x-amz-grant-read': value })).element('Code');
  assert.equal(await codeOf('emailAddress="eve@us.example"'), undefined);
  const { canonicalId: eve } = { canonicalId: (await grantsOf('ann', Bucket, 'k'))[0]?.split(' ')[0] };
  assert.match(eve ?? '', /^[0-9a-f]{64}$/);
  assert.equal(await codeOf('emailAddress="nobody@us.example"'), 'UnresolvableGrantByEmailAddress');
  assert.equal(await codeOf('emailAddress="twin@us.example"'), 'AmbiguousGrantByEmailAddress');
  assert.equal(await codeOf(`id="${'0'.repeat(64)}"`), 'InvalidArgument');
  assert.equal(await codeOf('uri="http://acs.amazonaws.com/groups/global/Nobody"'), 'InvalidArgument');
  assert.equal(await codeOf('nonsense'), 'InvalidArgument');
  assert.equal(await codeOf('uri="http://acs.amazonaws.com/groups/global/AllUsers"'), undefined);
  assert.equal(await anonymous(`/${Bucket}/k`), 200);
  const both = await headers({ 'x-amz-acl': 'private', 'x-amz-grant-read': `id="${BOB}"` });
  assert.equal(both.element('Code'), 'InvalidRequest');
  const { Owner } = await as('ann').send(new GetObjectAclCommand({ Bucket, Key: 'k' }));
  const Grants = [{ Grantee: { Type: 'CanonicalUser' as const, ID: BOB }, Permission: 'FULL_CONTROL' as const }];
  const byDocument = (more: object) =>
    refusalOf(
      as('ann').send(new PutObjectAclCommand({ Bucket, Key: 'k', AccessControlPolicy: { Owner, Grants, ...more } })),
    );
  assert.equal(await byDocument({ Owner: { ID: BOB } }), DENIED);
  assert.equal(await byDocument({}), DONE);
  assert.deepEqual(await grantsOf('bob', Bucket, 'k'), [`${BOB} FULL_CONTROL`]);
  assert.equal(await get('ann', Bucket, 'k'), DONE);
});

test('ACLs of copies and of multipart uploads', async () => {
  const Bucket = await newBucket();
  await put('ann', Bucket, 'source', { ACL: 'public-read' });
  const copy = (Key: string, ACL?: ObjectCannedACL) =>
    as('ann').send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/source`, ACL }));
  await copy('closed');
  await copy('open', 'public-read');
  assert.deepEqual([await anonymous(`/${Bucket}/closed`), await anonymous(`/${Bucket}/open`)], [403, 200]);
  const upload = { Bucket, Key: 'parts' };
  const { UploadId } = await as('ann').send(new CreateMultipartUploadCommand({ ...upload, ACL: 'public-read' }));
  const { ETag } = await as('ann').send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'x' }));
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  await as('ann').send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload }));
  assert.equal(await anonymous(`/${Bucket}/parts`), 200);
});

test('a new bucket with an ACL', async () => {
  const create = (Bucket: string, more: object) =>
    refusalOf(as('ann').send(new CreateBucketCommand({ Bucket, ...more })));
  assert.equal(await create('acl-open', { ACL: 'public-read' }), DONE);
  assert.equal(await list('bob', 'acl-open'), DONE);
  const enforced = { ObjectOwnership: 'BucketOwnerEnforced', ACL: 'public-read' };
  assert.equal(await create('acl-none', enforced), '400 InvalidBucketAclWithObjectOwnership');
  const { Grants = [] } = await as('ann').send(new GetBucketAclCommand({ Bucket: 'acl-open' }));
  assert.deepEqual(
    Grants.map(({ Permission }) => Permission),
    ['FULL_CONTROL', 'READ'],
  );
});

test('BlockPublicAcls refuses, IgnorePublicAcls ignores', async () => {
  const Bucket = await newBucket('public-read');
  await put('ann', Bucket, 'k', { ACL: 'public-read' });
  const block = (switches: Record<string, boolean>) =>
    as('ann').send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: switches }));
  await block({ BlockPublicAcls: true });
  assert.deepEqual([await anonymous(`/${Bucket}`), await anonymous(`/${Bucket}/k`)], [200, 200]);
  for (const ACL of ['public-read', 'authenticated-read'] as const) {
    assert.equal(await put('ann', Bucket, 'other', { ACL }), DENIED);
    assert.equal(await refusalOf(as('ann').send(new PutBucketAclCommand({ Bucket, ACL }))), DENIED);
    assert.equal(await refusalOf(as('ann').send(new PutObjectAclCommand({ Bucket, Key: 'k', ACL }))), DENIED);
  }
  assert.equal(await put('ann', Bucket, 'other', { GrantRead: `id="${BOB}"` }), DONE);
  await block({ IgnorePublicAcls: true });
  assert.deepEqual([await anonymous(`/${Bucket}`), await anonymous(`/${Bucket}/k`)], [403, 403]);
  assert.deepEqual([await get('bob', Bucket, 'k'), await get('bob', Bucket, 'other')], [DENIED, DONE]);
  assert.equal(await put('ann', Bucket, 'k', { ACL: 'public-read' }), DONE);
  await block({});
  assert.equal(await anonymous(`/${Bucket}/k`), 200);
});
