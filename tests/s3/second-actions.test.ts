import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { neededActions } from '../../src-server/s3/access/needed-actions.ts';
import { OPERATION_TABLE } from '../../src-server/s3/operation-table/index.ts';
import { classOfAction } from '../../src-server/services/access/action-classes.ts';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import { identityOf } from '../support/users.ts';

const scene = await openBucketScene();
const { as, server } = scene;
after(() => scene.close());
const bob = as('bob');
const { arn: BOB } = await identityOf(server.context, 'bob');
const DENIED = '403 AccessDenied';
const DONE = 'was accepted';

/** A bucket of ann's in which bob may do exactly these things, to objects. */
async function bucketFor(...actions: string[]): Promise<string> {
  const Bucket = await scene.newBucket('ann');
  if (actions.length > 0) await allowIn(Bucket, actions);
  return Bucket;
}

async function allowIn(Bucket: string, actions: readonly string[], Condition?: object): Promise<void> {
  const Resource = `arn:aws:s3:::${Bucket}/*`;
  const statement = { Effect: 'Allow', Principal: { AWS: BOB }, Action: actions, Resource, Condition };
  await as('ann').send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: statement }) }),
  );
}

const put = (Bucket: string, Key: string, more: object = {}, client = as('ann')) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ...more }));

test('every action of the table needs its own permission, and every second one is a permission that exists', () => {
  const everything = {
    header: () => 'x',
    query: new Map([['versionId', 'v']]),
  };
  const nothing = { header: () => undefined, query: new Map<string, string>() };
  for (const row of OPERATION_TABLE) {
    if (row.handler === 'not-implemented') continue;
    assert.deepEqual(neededActions(row, nothing).at(-1), { iamAction: row.iamAction }, row.action);
    for (const { iamAction } of neededActions(row, everything)) assert.ok(classOfAction(iamAction), iamAction);
  }
  const headersOf = (action: string, ...names: string[]) => {
    const row = OPERATION_TABLE.find((candidate) => candidate.action === action);
    assert.ok(row);
    const source = {
      header: (name: string) => (names.includes(name) ? 'x' : undefined),
      query: new Map<string, string>(),
    };
    return neededActions(row, source).map(({ iamAction }) => iamAction);
  };
  for (const action of ['PutObject', 'CopyObject', 'CreateMultipartUpload', 'PostObject']) {
    for (const [header, second] of [
      ['x-amz-tagging', 's3:PutObjectTagging'],
      ['x-amz-acl', 's3:PutObjectAcl'],
      ['x-amz-grant-read', 's3:PutObjectAcl'],
      ['x-amz-grant-write-acp', 's3:PutObjectAcl'],
      ['if-match', 's3:GetObject'],
    ] as const) {
      assert.deepEqual(headersOf(action, header), [second, 's3:PutObject'], `${action} ${header}`);
    }
  }
});

test('tags on a put, on a multipart upload and on a form need the right to put tags', async () => {
  const Bucket = await bucketFor('s3:PutObject');
  const start = (Tagging?: string) => bob.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k', Tagging }));
  assert.equal(await refusalOf(put(Bucket, 'k', {}, bob)), DONE);
  assert.equal(await refusalOf(put(Bucket, 'k', { Tagging: 'a=1' }, bob)), DENIED);
  assert.equal(await refusalOf(start()), DONE);
  assert.equal(await refusalOf(start('a=1')), DENIED);
  assert.equal(await refusalOf(put(Bucket, 'k', { ACL: 'bucket-owner-full-control' }, bob)), DENIED);
  await allowIn(Bucket, ['s3:PutObject', 's3:PutObjectTagging', 's3:PutObjectAcl']);
  assert.equal(await refusalOf(put(Bucket, 'k', { Tagging: 'a=1' }, bob)), DONE);
  assert.equal(await refusalOf(start('a=1')), DONE);
  assert.equal(await refusalOf(put(Bucket, 'k', { ACL: 'bucket-owner-full-control' }, bob)), DONE);
});

test('a copy reads its source: the object, the version, and the tags where there are some', async () => {
  const target = await bucketFor('s3:PutObject');
  const from = await bucketFor();
  await as('ann')
    .send(new PutBucketVersioningCommand({ Bucket: from, VersioningConfiguration: { Status: 'Enabled' } }))
    .catch(() => undefined);
  const { VersionId } = await put(from, 'plain');
  await put(from, 'tagged', { Tagging: 'a=1' });
  const copy = (CopySource: string, more: object = {}) =>
    refusalOf(bob.send(new CopyObjectCommand({ Bucket: target, Key: 'copy', CopySource, ...more })));
  assert.equal(await copy(`${from}/plain`), DENIED);
  await allowIn(from, ['s3:GetObject']);
  assert.equal(await copy(`${from}/plain`), DONE);
  assert.equal(await copy(`${from}/plain?versionId=${VersionId}`), DENIED);
  assert.equal(await copy(`${from}/tagged`), DENIED);
  assert.equal(await copy(`${from}/tagged`, { TaggingDirective: 'REPLACE' }), DONE);
  await allowIn(from, ['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion']);
  assert.equal(await copy(`${from}/plain?versionId=${VersionId}`), DONE);
  assert.equal(await copy(`${from}/tagged`), DENIED);
  await allowIn(target, ['s3:PutObject', 's3:PutObjectTagging']);
  assert.equal(await copy(`${from}/tagged`), DONE);
});

test('UploadPartCopy reads its source (RustFS CVE-2026-39360)', async () => {
  const target = await bucketFor('s3:PutObject');
  const from = await bucketFor();
  await put(from, 'secret');
  const { UploadId } = await bob.send(new CreateMultipartUploadCommand({ Bucket: target, Key: 'k' }));
  const part = () =>
    refusalOf(
      bob.send(
        new UploadPartCopyCommand({ Bucket: target, Key: 'k', UploadId, PartNumber: 1, CopySource: `${from}/secret` }),
      ),
    );
  assert.equal(await part(), DENIED);
  await allowIn(from, ['s3:GetObject']);
  assert.equal(await part(), DONE);
});

test('naming a version needs the permission for versions, and only that', async () => {
  const Bucket = await bucketFor('s3:GetObjectVersion', 's3:DeleteObjectVersion', 's3:GetObjectVersionTagging');
  const Status = 'Enabled';
  await as('ann').send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const { VersionId } = await put(Bucket, 'k');
  const object = { Bucket, Key: 'k' };
  for (const Command of [GetObjectCommand, HeadObjectCommand, GetObjectTaggingCommand, DeleteObjectCommand]) {
    // The commands share the fields that are used here.
    const Asked = Command as typeof GetObjectCommand;
    const current = await refusalOf(bob.send(new Asked(object)));
    assert.match(current, /^403/, Command.name);
    assert.equal(await refusalOf(bob.send(new Asked({ ...object, VersionId }))), DONE, Command.name);
  }
});

test('DeleteObjects asks for each key', async () => {
  const Bucket = await scene.newBucket('ann');
  await put(Bucket, 'own/a');
  await put(Bucket, 'shared/a');
  const statements = [
    { Effect: 'Allow', Principal: { AWS: BOB }, Action: 's3:DeleteObject', Resource: `arn:aws:s3:::${Bucket}/*` },
    { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource: `arn:aws:s3:::${Bucket}/own/*` },
  ];
  await as('ann').send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: statements }) }));
  const Objects = [{ Key: 'own/a' }, { Key: 'shared/a' }, { Key: 'shared/a', VersionId: 'null' }];
  const answer = await as('ann').send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  assert.deepEqual(
    answer.Deleted?.map(({ Key }) => Key),
    ['shared/a', 'shared/a'],
  );
  assert.deepEqual(
    answer.Errors?.map(({ Key, Code }) => [Key, Code]),
    [['own/a', 'AccessDenied']],
  );
});

test('conditions on tags: of the request, by header and by body, and of what stands', async () => {
  const Bucket = await scene.newBucket('ann');
  const Condition = { StringEquals: { 's3:RequestObjectTag/team': 'blue' } };
  await allowIn(Bucket, ['s3:PutObject', 's3:PutObjectTagging'], Condition);
  assert.equal(await refusalOf(put(Bucket, 'k', { Tagging: 'team=blue' }, bob)), DONE);
  assert.equal(await refusalOf(put(Bucket, 'k', { Tagging: 'team=red' }, bob)), DENIED);
  const tag = (Value: string) =>
    refusalOf(
      bob.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet: [{ Key: 'team', Value }] } })),
    );
  assert.equal(await tag('red'), DENIED);
  assert.equal(await tag('blue'), DONE);
  await allowIn(Bucket, ['s3:GetObject'], { StringEquals: { 's3:ExistingObjectTag/team': 'blue' } });
  await put(Bucket, 'other', { Tagging: 'team=red' });
  assert.equal(await refusalOf(bob.send(new GetObjectCommand({ Bucket, Key: 'k' }))), DONE);
  assert.equal(await refusalOf(bob.send(new GetObjectCommand({ Bucket, Key: 'other' }))), DENIED);
});

test('an unsigned document of tags is judged after who sends it', async () => {
  const Bucket = await scene.newBucket('ann');
  await put(Bucket, 'k');
  for (const body of ['<Tagging><TagSet/></Tagging>', 'nonsense']) {
    const answer = await fetch(`${server.endpoint}/${Bucket}/k?tagging`, { method: 'PUT', body });
    assert.equal(answer.status, 403, body);
  }
});
