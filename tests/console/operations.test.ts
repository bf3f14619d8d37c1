import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getBin, type PostOperation } from '../../src-server/contract/operations.ts';
import { findBucket } from '../../src-server/db/tables/bucket.ts';
import { findUserByName } from '../../src-server/db/tables/iam-user.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { announceOperation } from '../../src-server/services/operations/announce-operation.ts';
import { emptyDueBins, forgetOldOperations } from '../../src-server/services/operations/upkeep.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { assertCountsExact, keysIn, look, operate, undo, versionsIn } from '../support/operations.ts';
import { seededRandom } from '../support/seeded.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { bucketName, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const binSchema = getBin.answers[200].schema;

let server: TestServer;
let admin: ConsoleClient;
let reader: ConsoleClient;
let user: ConsoleClient;
before(async () => {
  server = await startTestServer();
  const users = (['admin', 'user', 'readonly'] as const).map((role) => ({ name: role, role, password: PASSWORD }));
  await provision(server.context, { users });
  admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
  user = await signInTo(server.consoleUrl, 'user', PASSWORD);
  reader = await signInTo(server.consoleUrl, 'readonly', PASSWORD);
});
after(() => server.close());

async function bucketOf(name: string, keys: readonly string[], versioning?: 'Enabled' | 'Suspended'): Promise<string> {
  await server.client.send(new CreateBucketCommand({ Bucket: name }));
  if (versioning !== undefined) await setVersioning(name, versioning);
  for (const key of keys) await put(name, key, `content of ${key}`);
  return name;
}

async function setVersioning(Bucket: string, Status: 'Enabled' | 'Suspended'): Promise<void> {
  await server.client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
}

async function put(Bucket: string, Key: string, Body: string): Promise<void> {
  await server.client.send(new PutObjectCommand({ Bucket, Key, Body, Metadata: { of: 'test' } }));
}

async function contentOf(Bucket: string, Key: string): Promise<string | undefined> {
  return (await server.client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
}

async function binOf(bucket: string) {
  return binSchema.parse(await (await admin.send('GET', `/api/v1/buckets/${bucket}/bin`)).json());
}

/** As if this user had been allowed to ask for it, and had lost the right since. */
async function orderedBy(name: string, bucket: string, from: string): Promise<string> {
  const { context } = server;
  const request = { kind: 'delete', items: [{ kind: 'file', from, to: from }] };
  const id = await context.engine.submit('create-operation', {
    operation: {
      ...(await context.catalogue.read(async (tx) => {
        const user = await findUserByName(tx, name);
        const found = await findBucket(tx, bucketName(bucket));
        if (user === undefined || found === undefined) throw new Error('not there');
        return { user_id: user.id, bucket_id: found.id };
      })),
      user_name: name,
      kind: 'delete',
      bucket_name: bucketName(bucket),
      summary: JSON.stringify({ items: 1, first: '1', folder: 'a/', target: null }),
      undo_of: null,
      created_ms: context.now(),
    },
    request: JSON.stringify(request),
  });
  await announceOperation(context, id);
  return String(id);
}

const folder = (from: string, to: string) => ({ kind: 'folder' as const, from, to });
const file = (from: string, to: string) => ({ kind: 'file' as const, from, to });

describe('operations', () => {
  it('moves a folder and takes it back, as if nothing had been', async () => {
    const bucket = await bucketOf('moves', ['a/1', 'a/b/2', 'a-file', 'c']);
    const before = await versionsIn(server.context, bucket);
    const moved = await operate(admin, { kind: 'move', bucket, items: [folder('a/', 'x/a/'), file('c', 'x/c')] });
    assert.deepEqual([moved.state, moved.doneObjects, moved.totalObjects, moved.failed], ['done', 3, 3, 0]);
    assert.deepEqual(await keysIn(server.context, bucket), ['a-file', 'x/a/1', 'x/a/b/2', 'x/c']);
    assert.equal(await contentOf(bucket, 'x/a/b/2'), 'content of a/b/2');
    const head = await server.client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'x/c' }));
    assert.deepEqual(head.Metadata, { of: 'test' });
    const undone = await undo(admin, moved);
    assert.deepEqual([undone.state, undone.doneObjects, undone.failed], ['done', 3, 0]);
    assert.deepEqual(await versionsIn(server.context, bucket), before);
    assert.equal((await look(admin, moved.id)).state, 'undone');
    assert.equal((await admin.send('POST', `/api/v1/operations/${moved.id}/undo`)).status, 409);
    await assertCountsExact(server.context);
  });

  it('moves in a versioned bucket behind markers, which the undo removes', async () => {
    const bucket = await bucketOf('versioned', ['a/1', 'a/2'], 'Enabled');
    await put(bucket, 'a/1', 'newer');
    const before = await versionsIn(server.context, bucket);
    const moved = await operate(admin, { kind: 'rename', bucket, item: folder('a/', 'b/') });
    assert.deepEqual(await keysIn(server.context, bucket), ['b/1', 'b/2']);
    assert.equal(await contentOf(bucket, 'b/1'), 'newer');
    assert.equal((await versionsIn(server.context, bucket)).length, 3 + 2 + 2);
    await undo(admin, moved);
    assert.deepEqual(await versionsIn(server.context, bucket), before);
    assert.equal((await binOf(bucket)).totalObjects, 0);
    await assertCountsExact(server.context);
  });

  it('copies across buckets, into one that encrypts by writing the bytes anew', async () => {
    const bucket = await bucketOf('copies', ['a/1', 'a/2']);
    const target = await bucketOf('copied', []);
    const sealed = await bucketOf('sealed', ['a/1']);
    const ServerSideEncryptionConfiguration = {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } }],
    };
    const encryption = new PutBucketEncryptionCommand({ Bucket: sealed, ServerSideEncryptionConfiguration });
    await server.client.send(encryption);
    const copy = { kind: 'copy' as const, bucket, items: [folder('a/', 'a/')] };
    const plain = await operate(admin, { ...copy, targetBucket: target });
    assert.equal(plain.doneObjects, 2);
    assert.equal(await contentOf(target, 'a/2'), 'content of a/2');
    const before = await versionsIn(server.context, sealed);
    const encrypted = await operate(admin, { ...copy, kind: 'move', targetBucket: sealed, conflict: 'replace' });
    assert.deepEqual([encrypted.state, encrypted.doneObjects, encrypted.failed], ['done', 2, 0]);
    const head = await server.client.send(new HeadObjectCommand({ Bucket: sealed, Key: 'a/1' }));
    assert.equal(head.ServerSideEncryption, 'AES256');
    assert.deepEqual(await keysIn(server.context, bucket), []);
    const back = await undo(admin, encrypted);
    assert.deepEqual([back.state, back.failed], ['done', 0], JSON.stringify(back.problems));
    assert.deepEqual(await versionsIn(server.context, sealed), before);
    assert.deepEqual(await keysIn(server.context, bucket), ['a/1', 'a/2']);
    const kept = await bucketOf('kept', ['k/1'], 'Enabled');
    const versions = await versionsIn(server.context, kept);
    const body = { kind: 'move' as const, bucket: kept, targetBucket: sealed, items: [folder('k/', 'k/')] };
    const again = await undo(admin, await operate(admin, body));
    assert.deepEqual([again.doneObjects, again.failed], [1, 0], JSON.stringify(again.problems));
    assert.deepEqual(await versionsIn(server.context, kept), versions);
    await undo(admin, plain);
    assert.deepEqual(await keysIn(server.context, target), []);
    await assertCountsExact(server.context);
  });

  it('follows the rule for names that are taken', async () => {
    const bucket = await bucketOf('conflicts', ['a/x.txt', 'a/y.txt', 'b/x.txt']);
    const items = [folder('a/', 'b/')];
    const refused = await operate(admin, { kind: 'copy', bucket, items, conflict: 'fail' });
    assert.deepEqual([refused.state, refused.problems], ['failed', [{ key: 'a/x.txt', code: 'Exists' }]]);
    assert.equal((await keysIn(server.context, bucket)).length, 3);
    const skipped = await operate(admin, { kind: 'copy', bucket, items, conflict: 'skip' });
    assert.deepEqual([skipped.doneObjects, skipped.skipped], [1, 1]);
    const kept = await operate(admin, { kind: 'copy', bucket, items, conflict: 'keep-both' });
    assert.equal(kept.doneObjects, 2);
    const b = ['b/x (2).txt', 'b/x.txt', 'b/y (2).txt', 'b/y.txt'];
    assert.deepEqual((await keysIn(server.context, bucket)).slice(2), b);
    await put(bucket, 'b/x.txt', 'of b');
    const replaced = await operate(admin, { kind: 'copy', bucket, items, conflict: 'replace' });
    assert.equal(await contentOf(bucket, 'b/x.txt'), 'content of a/x.txt');
    await undo(admin, replaced);
    assert.equal(await contentOf(bucket, 'b/x.txt'), 'of b');
    const beside = await operate(admin, { kind: 'copy', bucket, items: [folder('a/', 'a/')], conflict: 'keep-both' });
    assert.equal(beside.target?.name, 'a (2)');
    await assertCountsExact(server.context);
  });

  it('refuses a folder into itself, and what would change nothing', async () => {
    const bucket = await bucketOf('itself', ['a/1']);
    for (const to of ['a/b/', 'a/']) {
      const body = { kind: 'move', bucket, items: [folder('a/', to)] };
      const response = await admin.send('POST', '/api/v1/operations', body);
      assert.deepEqual([response.status, await codeOf(response)], [400, 'InvalidRequest']);
    }
  });

  it('deletes into a bin that S3 does not see, and restores from it', async () => {
    const bucket = await bucketOf('bins', ['a/1', 'a/2', 'b']);
    const before = await versionsIn(server.context, bucket);
    const deleted = await operate(admin, { kind: 'delete', bucket, items: [{ kind: 'folder', from: 'a/' }] });
    assert.deepEqual([deleted.doneObjects, deleted.undo.kind], [2, 'possible']);
    const Bucket = bucket;
    const listed = await server.client.send(new ListObjectsV2Command({ Bucket }));
    assert.deepEqual(
      listed.Contents?.map(({ Key }) => Key),
      ['b'],
    );
    const versions = await server.client.send(new ListObjectVersionsCommand({ Bucket }));
    assert.equal(versions.Versions?.length, 1);
    await assert.rejects(server.client.send(new GetObjectCommand({ Bucket, Key: 'a/1' })), { name: 'NoSuchKey' });
    const bin = await binOf(bucket);
    assert.deepEqual([bin.totalObjects, bin.objects.map(({ key }) => key)], [2, ['a/1', 'a/2']]);
    assert.deepEqual([bin.objects[0]?.binnedBy, bin.keepDays], ['admin', 30]);
    await undo(admin, deleted);
    assert.deepEqual(await versionsIn(server.context, bucket), before);
    await operate(admin, { kind: 'delete', bucket, items: [{ kind: 'file', from: 'b' }] });
    await put(bucket, 'b', 'another b');
    const [one] = (await binOf(bucket)).objects;
    const binned = [{ batch: one?.batch ?? '', key: 'b' }];
    await operate(admin, { kind: 'restore', bucket, binned, conflict: 'keep-both' });
    assert.equal(await contentOf(bucket, 'b (2)'), 'content of b');
    await assertCountsExact(server.context);
  });

  it('gives up what is in the bin when told to, and with its bucket', async () => {
    const bucket = await bucketOf('purged', ['a', 'b', 'c']);
    const items = ['a', 'b', 'c'].map((from) => ({ kind: 'file' as const, from }));
    const deleted = await operate(admin, { kind: 'delete', bucket, items });
    const a = (await binOf(bucket)).objects.find(({ key }) => key === 'a');
    await operate(admin, { kind: 'purge', bucket, binned: [{ batch: a?.batch ?? '', key: 'a' }] });
    assert.equal((await binOf(bucket)).totalObjects, 2);
    await assertCountsExact(server.context);
    await operate(admin, { kind: 'purge', bucket, binned: 'all' });
    assert.equal((await binOf(bucket)).totalObjects, 0);
    const { undo: undoState } = await look(admin, deleted.id);
    assert.deepEqual(undoState, { kind: 'impossible', reason: 'emptied' });
    await put(bucket, 'd', 'd');
    await operate(admin, { kind: 'delete', bucket, items: [{ kind: 'file', from: 'd' }] });
    await server.client.send(new DeleteBucketCommand({ Bucket: bucket }));
    await assertCountsExact(server.context);
  });

  it('gives up what was in the bin for too long, and forgets what can be undone no more', async () => {
    const bucket = await bucketOf('overdue', ['a']);
    const deleted = await operate(admin, { kind: 'delete', bucket, items: [{ kind: 'file', from: 'a' }] });
    const { context } = server;
    assert.equal(await emptyDueBins(context), 0);
    const days = (count: number) => ({ ...context, now: () => (context.now() + count * 86_400_000) as EpochMs });
    while ((await emptyDueBins(days(31))) > 0);
    assert.equal((await binOf(bucket)).totalObjects, 0);
    while ((await forgetOldOperations(days(31))) > 0);
    assert.deepEqual((await look(admin, deleted.id)).undo, { kind: 'impossible', reason: 'nothing' });
    while ((await forgetOldOperations(days(91))) > 0);
    assert.equal((await admin.send('GET', `/api/v1/operations/${deleted.id}`)).status, 404);
    await assertCountsExact(context);
  });

  it('goes by the rights of who asked: at once, and when it runs', async () => {
    const bucket = await bucketOf('theirs', ['a/1']);
    const body = { kind: 'delete', bucket, items: [{ kind: 'folder', from: 'a/' }] };
    for (const client of [user, reader]) {
      const response = await client.send('POST', '/api/v1/operations', body);
      assert.deepEqual([response.status, await codeOf(response)], [403, 'AccessDenied']);
    }
    assert.equal((await user.send('GET', `/api/v1/buckets/${bucket}/bin`)).status, 403);
    const done = await operate(admin, { kind: 'delete', bucket, items: [{ kind: 'folder', from: 'a/' }] });
    assert.equal((await user.send('GET', `/api/v1/operations/${done.id}`)).status, 404);
    assert.equal((await user.send('POST', `/api/v1/operations/${done.id}/undo`)).status, 404);
    await undo(admin, done);
    const id = await orderedBy('user', bucket, 'a/1');
    let late = await look(admin, id);
    while (late.state === 'queued' || late.state === 'running') late = await look(admin, id);
    assert.deepEqual([late.doneObjects, late.problems], [0, [{ key: 'a/1', code: 'AccessDenied' }]]);
    assert.deepEqual(await keysIn(server.context, bucket), ['a/1']);
    const own = await (await reader.send('GET', '/api/v1/operations')).json();
    assert.deepEqual(own, { operations: [], nextBefore: null });
  });

  it('can be cancelled, and what was done can still be undone', async () => {
    const keys = Array.from({ length: 30 }, (_, i) => `a/${i}`);
    const bucket = await bucketOf('cancelled', keys);
    const before = await versionsIn(server.context, bucket);
    const moved = await operate(admin, { kind: 'move', bucket, items: [folder('a/', 'b/')] });
    assert.equal((await admin.send('POST', `/api/v1/operations/${moved.id}/cancel`)).status, 409);
    await undo(admin, moved);
    await sleep(1);
    assert.deepEqual(await versionsIn(server.context, bucket), before);
  });
});

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const STEPS = 14;

for (const seed of SEEDS) {
  it(`whatever is done can be undone, and every counter stays exact (seed ${seed})`, async () => {
    const random = seededRandom(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const versioning = pick([undefined, 'Enabled', 'Suspended'] as const);
    const first = await bucketOf(`random-${seed}`, ['a/1', 'a/2', 'a/b/1', 'b/1', 'c']);
    // Versions of every kind: null ones from before, others, markers.
    await setVersioning(first, 'Enabled');
    for (const key of ['a/1', 'b/2']) await put(first, key, `second of ${key}`);
    if (versioning === 'Suspended') await setVersioning(first, 'Suspended');
    const second = await bucketOf(`other-${seed}`, ['a/1', 'd/1'], pick([undefined, 'Enabled'] as const));
    const states = async () => [await versionsIn(server.context, first), await versionsIn(server.context, second)];
    for (let step = 0; step < STEPS; step++) {
      const [bucket, targetBucket] = pick([
        [first, second],
        [first, first],
        [second, first],
        [second, second],
      ] as const);
      const [from, to] = pick([
        ['a/', 'e/'],
        ['e/', 'a/'],
        ['b/', 'a/b/'],
        ['d/', 'b/'],
        ['a/b/', 'd/'],
      ] as const);
      const conflict = pick(['skip', 'replace', 'keep-both'] as const);
      const before = await states();
      const kind = pick(['copy', 'move'] as const);
      const body: PostOperation =
        random() < 0.3
          ? { kind: 'delete', bucket, items: [{ kind: 'folder', from }] }
          : { kind, bucket, targetBucket, items: [folder(from, to)], conflict };
      const done = await operate(admin, body);
      assert.deepEqual([done.state, done.failed], ['done', 0], JSON.stringify([body, done.problems]));
      await assertCountsExact(server.context);
      if (done.undo.kind === 'impossible') continue;
      const back = await undo(admin, done);
      assert.deepEqual([back.state, back.failed], ['done', 0], JSON.stringify([body, back.problems]));
      assert.deepEqual(await states(), before, JSON.stringify(body));
      await assertCountsExact(server.context);
      if (random() < 0.7) await operate(admin, body);
    }
    await assertCountsExact(server.context);
  });
}
