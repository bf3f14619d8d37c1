import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  ListMultipartUploadsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { policyVerdictSchema } from '../../src-server/contract/bucket-access.ts';
import { changePageSchema } from '../../src-server/contract/bucket-changes.ts';
import { bucketDetailSchema, bucketUsageSchema } from '../../src-server/contract/bucket-settings.ts';
import { staleUploadsSchema } from '../../src-server/contract/open-uploads.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { abortStaleUploads } from '../../src-server/services/uploads/stale-uploads.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { bucketName, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUCKETS = '/api/v1/buckets';
const CORS_RULE = {
  allowedOrigins: ['https://app.example.com'],
  allowedMethods: ['GET', 'PUT'],
  allowedHeaders: ['*'],
};

describe('settings of a bucket in the console', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let user: ConsoleClient;
  let reader: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: (['admin', 'user', 'readonly'] as const).map((role) => ({ name: role, role, password: PASSWORD })),
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    user = await signInTo(server.consoleUrl, 'user', PASSWORD);
    reader = await signInTo(server.consoleUrl, 'readonly', PASSWORD);
  });
  after(() => server.close());

  const create = async (name: string, client = admin) => {
    assert.equal((await client.send('POST', BUCKETS, { name, versioning: false })).status, 201);
    return name;
  };
  const detail = async (name: string, client = admin) =>
    bucketDetailSchema.parse(await (await client.send('GET', `${BUCKETS}/${name}`)).json());
  const patch = (name: string, body: unknown, client = admin) => client.send('PATCH', `${BUCKETS}/${name}`, body);
  const history = async (name: string, query = '') =>
    changePageSchema.parse(await (await admin.send('GET', `${BUCKETS}/${name}/changes${query}`)).json());
  const undo = (name: string, id: number | undefined) =>
    admin.send('POST', `${BUCKETS}/${name}/changes/${id}/undo`, undefined);
  const usage = async (name: string) =>
    bucketUsageSchema.parse(await (await admin.send('GET', `${BUCKETS}/${name}/usage`)).json());

  it('changes what S3 then shows, and shows what S3 changed', async () => {
    const Bucket = await create('both-ways');
    const changes = {
      versioning: 'enabled',
      encryption: 'AES256',
      cors: [CORS_RULE],
      tags: [{ key: 'a', value: '1' }],
    };
    const answer = bucketDetailSchema.parse(await (await patch(Bucket, changes)).json());
    assert.deepEqual(answer, await detail(Bucket));
    assert.deepEqual([answer.versioning, answer.encryption, answer.tags], ['enabled', 'AES256', changes.tags]);
    assert.deepEqual([answer.ownerName, answer.ownership, answer.mayChange], ['admin', 'BucketOwnerEnforced', true]);
    const { client } = server;
    assert.equal((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status, 'Enabled');
    const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket }));
    const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
    assert.equal(rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, 'AES256');
    const cors = await client.send(new GetBucketCorsCommand({ Bucket }));
    assert.deepEqual(cors.CORSRules?.[0]?.AllowedOrigins, CORS_RULE.allowedOrigins);
    const TagSet = [{ Key: 'by', Value: 's3' }];
    await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    assert.deepEqual((await detail(Bucket)).tags, [{ key: 'by', value: 's3' }]);
    assert.equal((await patch(Bucket, { encryption: 'off', cors: [], tags: [] })).status, 200);
    const after = await detail(Bucket);
    assert.deepEqual([after.encryption, after.cors, after.tags, after.versioning], ['off', [], [], 'enabled']);
  });

  it('notes who changed what, from what, by which key; nothing where nothing changed', async () => {
    const Bucket = await create('noted');
    await patch(Bucket, { versioning: 'enabled' });
    await patch(Bucket, { versioning: 'enabled' });
    await server.client.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
    );
    const { changes } = await history(Bucket);
    const shown = changes.map(({ field, before, after, actorName, accessKeyId, isLatest }) => [
      field,
      before,
      after,
      actorName,
      accessKeyId,
      isLatest,
    ]);
    assert.deepEqual(shown, [
      ['versioning', 'Enabled', 'Suspended', 'root', server.rootCredentials.accessKeyId, true],
      ['versioning', 'Off', 'Enabled', 'admin', null, false],
    ]);
    const first = await history(Bucket, '?limit=1');
    assert.equal(first.changes[0]?.id, changes[0]?.id);
    const second = await history(Bucket, `?limit=1&cursor=${first.nextCursor}`);
    assert.deepEqual([second.changes[0]?.id, second.nextCursor], [changes[1]?.id, null]);
  });

  it('undoes the latest change of a setting, and no older one', async () => {
    const Bucket = await create('undone');
    await patch(Bucket, { cors: [CORS_RULE] });
    await patch(Bucket, { cors: [{ ...CORS_RULE, maxAgeSeconds: 60 }] });
    const [latest, older] = (await history(Bucket)).changes;
    const refused = await undo(Bucket, older?.id);
    assert.deepEqual([refused.status, await codeOf(refused)], [409, 'ChangedSince']);
    assert.equal((await undo(Bucket, latest?.id)).status, 204);
    assert.equal((await detail(Bucket)).cors[0]?.maxAgeSeconds, undefined);
    assert.equal((await history(Bucket)).changes.length, 3);
    const again = await undo(Bucket, latest?.id);
    assert.equal(again.status, 409);
    await patch(Bucket, { versioning: 'enabled' });
    const [versioned] = (await history(Bucket)).changes;
    assert.equal((await undo(Bucket, versioned?.id)).status, 204);
    assert.equal((await detail(Bucket)).versioning, 'suspended');
  });

  it('the history of a bucket ends with it, and is of no other bucket', async () => {
    await create('taken');
    await patch('taken', { versioning: 'enabled' });
    const [change] = (await history('taken')).changes;
    await create('another');
    assert.equal(await codeOf(await undo('another', change?.id)), 'NoSuchChange');
    assert.equal((await admin.send('DELETE', `${BUCKETS}/taken`)).status, 204);
    await create('taken');
    assert.deepEqual((await history('taken')).changes, []);
  });

  it('refuses who may not and what is not allowed', async () => {
    const mine = await create('users-own', user);
    await create('admins-own');
    assert.equal((await detail(mine, user)).mayChange, true);
    const refusals: readonly (readonly [Promise<Response>, number, string])[] = [
      [user.send('GET', `${BUCKETS}/admins-own`), 403, 'AccessDenied'],
      [reader.send('GET', `${BUCKETS}/admins-own`), 403, 'AccessDenied'],
      [patch('admins-own', { versioning: 'enabled' }, user), 403, 'AccessDenied'],
      [user.send('GET', `${BUCKETS}/admins-own/changes`), 403, 'AccessDenied'],
      [user.send('POST', `${BUCKETS}/admins-own/changes/1/undo`), 403, 'AccessDenied'],
      [user.send('GET', `${BUCKETS}/admins-own/usage`), 403, 'AccessDenied'],
      [user.send('GET', `${BUCKETS}/admins-own/stale-uploads`), 403, 'AccessDenied'],
      [user.send('POST', `${BUCKETS}/admins-own/stale-uploads/abort`, { olderThanHours: 1 }), 403, 'AccessDenied'],
      [admin.send('GET', `${BUCKETS}/nowhere`), 404, 'NoSuchBucket'],
      [patch('admins-own', { versioning: 'off' }), 400, 'InvalidRequest'],
      [patch('admins-own', { cors: [{ ...CORS_RULE, allowedOrigins: ['*.*'] }] }), 400, 'InvalidRequest'],
      [patch('admins-own', { tags: [{ key: 'aws:x', value: '' }] }), 400, 'InvalidTag'],
      [patch('admins-own', { colour: 'blue' }), 400, 'InvalidRequest'],
    ];
    for (const [answer, status, code] of refusals) {
      const response = await answer;
      assert.deepEqual([response.status, await codeOf(response)], [status, code]);
    }
    assert.deepEqual((await history('admins-own')).changes, []);
  });

  it('says what the bytes are, and the parts add up', async () => {
    const Bucket = await create('adds-up');
    const { client } = server;
    const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
    await put('plain', '12345');
    const plain = await usage(Bucket);
    assert.deepEqual([plain.currentObjects, plain.currentBytes, plain.olderVersions], [1, 5, 0]);
    await patch(Bucket, { versioning: 'enabled' });
    await put('plain', '1234567');
    await put('gone', '123');
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'large' }));
    await client.send(new UploadPartCommand({ Bucket, Key: 'large', UploadId, PartNumber: 1, Body: 'part' }));
    const { asOfMs, ...shown } = await usage(Bucket);
    assert.ok(asOfMs > 0);
    assert.deepEqual(shown, {
      currentObjects: 1,
      currentBytes: 7,
      olderVersions: 2,
      olderBytes: 8,
      deleteMarkers: 1,
      openUploads: 1,
      uploadBytes: 4,
      binnedObjects: 0,
      binnedBytes: 0,
      totalBytes: 19,
    });
    assert.equal((await detail(Bucket)).sizeBytes, 19);
  });

  it('rehearses and then ends uploads that nobody finished', async () => {
    const Bucket = await create('unfinished');
    const { client, context } = server;
    for (const Key of ['a', 'b']) {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
      await client.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }));
    }
    const path = `${BUCKETS}/${Bucket}/stale-uploads`;
    const young = staleUploadsSchema.parse(await (await admin.send('GET', path)).json());
    assert.deepEqual(young, { count: 0, bytes: 0, oldestAtMs: null, sample: [] });
    const none = await (await admin.send('POST', `${path}/abort`, { olderThanHours: 1 })).json();
    assert.deepEqual(none, { count: 0, bytes: 0 });
    // As if a week had passed.
    const nowMs = context.now() + 1000;
    const ended = await abortStaleUploads(context, bucketName(Bucket), nowMs as EpochMs);
    assert.deepEqual(ended, { count: 2, bytes: 8 });
    const left = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    assert.equal(left.Uploads, undefined);
    assert.equal((await usage(Bucket)).totalBytes, 0);
  });

  it('opens and closes a bucket to the public, and says which it is', async () => {
    const Bucket = await create('for-everybody');
    const before = await detail(Bucket);
    const closed = {
      blockPublicAcls: true,
      ignorePublicAcls: true,
      blockPublicPolicy: true,
      restrictPublicBuckets: true,
    };
    assert.deepEqual(before.access, { publicAccessBlock: closed, policy: null, publicThrough: [] });
    const everybody = policyOf(Bucket, { Principal: '*', Action: 's3:GetObject' });
    const blocked = await patch(Bucket, { policy: everybody });
    assert.deepEqual([blocked.status, await codeOf(blocked)], [403, 'AccessDenied']);
    const publicAccessBlock = { ...closed, blockPublicPolicy: false, restrictPublicBuckets: false };
    assert.equal((await patch(Bucket, { publicAccessBlock })).status, 200);
    assert.equal((await patch(Bucket, { policy: everybody })).status, 200);
    assert.deepEqual((await detail(Bucket)).access, {
      publicAccessBlock,
      policy: { text: everybody },
      publicThrough: ['policy'],
    });
    await server.client.send(new PutObjectCommand({ Bucket, Key: 'a.txt', Body: 'a' }));
    assert.equal((await fetch(`${server.endpoint}/${Bucket}/a.txt`)).status, 200);
    await patch(Bucket, { publicAccessBlock: { ...publicAccessBlock, restrictPublicBuckets: true } });
    assert.deepEqual((await detail(Bucket)).access?.publicThrough, []);
    assert.equal((await fetch(`${server.endpoint}/${Bucket}/a.txt`)).status, 403);
    assert.equal((await patch(Bucket, { policy: null })).status, 200);
    assert.equal((await detail(Bucket)).access?.policy, null);
  });

  it('judges a policy before it is put, and changes nothing by that', async () => {
    const Bucket = await create('judged');
    const verdict = async (policy: string, client = admin) => {
      const answer = await client.send('POST', `${BUCKETS}/${Bucket}/policy/check`, { policy });
      return answer.status === 200 ? policyVerdictSchema.parse(await answer.json()) : codeOf(answer);
    };
    const everybody = policyOf(Bucket, { Principal: '*', Action: 's3:GetObject' });
    const nobody = policyOf(Bucket, { Effect: 'Deny', Principal: '*', Action: 's3:*' });
    assert.deepEqual(await verdict('{'), { verdict: 'malformed', problem: 'The policy is not valid JSON' });
    assert.deepEqual(await verdict(policyOf('another', { Principal: '*', Action: 's3:GetObject' })), {
      verdict: 'malformed',
      problem: 'Policy has invalid resource',
    });
    assert.deepEqual(await verdict(everybody), { verdict: 'blocked', problem: null });
    await patch(Bucket, {
      publicAccessBlock: {
        blockPublicAcls: false,
        ignorePublicAcls: false,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      },
    });
    assert.deepEqual(await verdict(everybody), { verdict: 'public', problem: null });
    assert.deepEqual(await verdict(policyOf(Bucket, { Principal: '*', Action: 's3:PutObject', Effect: 'Deny' })), {
      verdict: 'fine',
      problem: null,
    });
    assert.equal(await verdict(everybody, user), 'AccessDenied');
    assert.equal(typeof (await verdict(nobody)), 'object');
    assert.equal((await detail(Bucket)).access?.policy, null);
  });

  it('limits what a bucket holds, and only admins do', async () => {
    const Bucket = await create('users-limited', user);
    await server.client.send(new PutObjectCommand({ Bucket, Key: 'a.txt', Body: '12345' }));
    const asUser = await patch(Bucket, { quotaBytes: 10 }, user);
    assert.deepEqual([asUser.status, await codeOf(asUser)], [403, 'AccessDenied']);
    assert.equal((await patch(Bucket, { quotaBytes: 0 })).status, 400);
    assert.equal((await patch(Bucket, { quotaBytes: 10, quotaObjects: 3 })).status, 200);
    const { quota } = await detail(Bucket, user);
    assert.deepEqual(quota, {
      quotaBytes: 10,
      quotaObjects: 3,
      heldBytes: 5,
      heldObjects: 1,
      tenant: { quotaBytes: null, heldBytes: 0 },
      mayChange: false,
    });
    const tooMuch = server.client.send(new PutObjectCommand({ Bucket, Key: 'b.txt', Body: '123456' }));
    await assert.rejects(tooMuch, { name: 'QuotaExceeded' });
    assert.equal((await patch(Bucket, { quotaBytes: null })).status, 200);
    const after = await detail(Bucket);
    assert.deepEqual([after.quota?.quotaBytes, after.quota?.quotaObjects], [null, 3]);
    const { changes } = await history(Bucket);
    assert.deepEqual(changes.map(({ field }) => field).sort(), ['quotaBytes', 'quotaBytes', 'quotaObjects']);
  });

  it('turns Object Lock on for good, and versions with it', async () => {
    const Bucket = await create('kept-for-good');
    const defaultRetention = { mode: 'GOVERNANCE', unit: 'days', count: 30 };
    assert.equal((await patch(Bucket, { objectLock: { defaultRetention } })).status, 200);
    assert.equal((await detail(Bucket)).versioning, 'enabled');
    assert.deepEqual((await detail(Bucket)).objectLock, { defaultRetention });
    const suspended = await patch(Bucket, { versioning: 'suspended' });
    assert.deepEqual([suspended.status, await codeOf(suspended)], [409, 'InvalidBucketState']);
    assert.equal((await patch(Bucket, { objectLock: { defaultRetention: null } })).status, 200);
    assert.deepEqual((await detail(Bucket)).objectLock, { defaultRetention: null });
    const tooLong = { mode: 'COMPLIANCE', unit: 'years', count: 101 };
    assert.equal((await patch(Bucket, { objectLock: { defaultRetention: tooLong } })).status, 400);
  });

  it('sets who owns what others store', async () => {
    const Bucket = await create('shared-ownership');
    assert.equal((await patch(Bucket, { ownership: 'BucketOwnerPreferred' })).status, 200);
    assert.equal((await detail(Bucket)).ownership, 'BucketOwnerPreferred');
  });
});

function policyOf(bucket: string, statement: Record<string, string>): string {
  const Resource = statement.Action === 's3:*' ? [`arn:aws:s3:::${bucket}`] : `arn:aws:s3:::${bucket}/*`;
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement, Resource }] });
}
