import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { asOfPageSchema, folderMomentsSchema, rewindPlanSchema } from '../../src-server/contract/folder-history.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { assertCountsExact, keysIn, operate, undo, versionsIn } from '../support/operations.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';

describe('folders as they were', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let reader: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    const users = (['admin', 'readonly'] as const).map((role) => ({ name: role, role, password: PASSWORD }));
    await provision(server.context, { users });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    reader = await signInTo(server.consoleUrl, 'readonly', PASSWORD);
  });
  after(() => server.close());

  const put = (Bucket: string, Key: string, Body: string) =>
    server.client.send(new PutObjectCommand({ Bucket, Key, Body, Metadata: { of: Body.replaceAll(' ', '') } }));
  const drop = (Bucket: string, Key: string) => server.client.send(new DeleteObjectCommand({ Bucket, Key }));
  const read = async (Bucket: string, Key: string) =>
    (await server.client.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  /** A time that lies between what was before and what comes. */
  const pause = async () => {
    await sleep(4);
    const atMs = server.context.now();
    await sleep(4);
    return atMs;
  };

  async function past(bucket: string, atMs: number, prefix = '', limit = 200): Promise<string[]> {
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? '' : `&cursor=${cursor}`;
      const path = `/api/v1/buckets/${bucket}/as-of?prefix=${encodeURIComponent(prefix)}&atMs=${atMs}&limit=${limit}`;
      const page = asOfPageSchema.parse(await (await admin.send('GET', `${path}${more}`)).json());
      names.push(...page.entries.map((entry) => (entry.kind === 'folder' ? entry.prefix : entry.key)));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return names;
  }
  const plan = async (bucket: string, items: readonly object[], atMs: number) =>
    rewindPlanSchema.parse(
      await (await admin.send('POST', `/api/v1/buckets/${bucket}/rewind-preview`, { items, atMs })).json(),
    );

  /** `kept` never changes, `a/1` changes, `a/2` is deleted, `a/new` comes: with the time in between. */
  async function history(bucket: string): Promise<number> {
    await admin.send('POST', '/api/v1/buckets', { name: bucket, versioning: true });
    for (const key of ['kept', 'a/1', 'a/2', 'a/b/3', 'z']) await put(bucket, key, `old ${key}`);
    const atMs = await pause();
    await put(bucket, 'a/1', 'newer content');
    await drop(bucket, 'a/2');
    await drop(bucket, 'a/b/3');
    await put(bucket, 'a/new', 'new');
    return atMs;
  }
  const ROOT = [{ kind: 'folder' as const, from: '' }];

  it('lists what was there then, in pages of any size', async () => {
    const atMs = await history('past');
    for (const limit of [1, 2, 200]) {
      assert.deepEqual(await past('past', atMs, '', limit), ['a/', 'kept', 'z']);
      assert.deepEqual(await past('past', atMs, 'a/', limit), ['a/1', 'a/2', 'a/b/']);
    }
    assert.deepEqual(await past('past', server.context.now(), 'a/'), ['a/1', 'a/new']);
    assert.deepEqual(await past('past', 1), []);
    const moments = folderMomentsSchema.parse(
      await (await admin.send('GET', '/api/v1/buckets/past/moments?prefix=a/')).json(),
    );
    assert.equal(moments.isComplete, true);
    assert.equal(
      moments.moments.reduce((sum, { changes }) => sum + changes, 0),
      7,
    );
  });

  it('does not show a moved file before it was moved', async () => {
    await admin.send('POST', '/api/v1/buckets', { name: 'moved', versioning: true });
    await put('moved', 'from/1', 'text');
    const atMs = await pause();
    await operate(admin, { kind: 'move', bucket: 'moved', items: [{ kind: 'file', from: 'from/1', to: 'to/1' }] });
    assert.deepEqual(await past('moved', atMs), ['from/']);
    assert.deepEqual(await past('moved', server.context.now()), ['to/']);
  });

  it('brings back what was, leaves newer files alone, and can be undone', async () => {
    const atMs = await history('rewound');
    assert.deepEqual(await plan('rewound', ROOT, atMs), {
      back: 3,
      backBytes: 7 + 7 + 9,
      same: 2,
      newer: 1,
      isComplete: true,
    });
    const before = await versionsIn(server.context, 'rewound');
    const done = await operate(admin, { kind: 'rewind', bucket: 'rewound', items: ROOT, atMs });
    assert.deepEqual([done.state, done.doneObjects, done.totalObjects, done.atMs], ['done', 3, 3, atMs]);
    assert.deepEqual(await keysIn(server.context, 'rewound'), ['a/1', 'a/2', 'a/b/3', 'a/new', 'kept', 'z']);
    assert.equal(await read('rewound', 'a/1'), 'old a/1');
    assert.equal(await read('rewound', 'a/b/3'), 'old a/b/3');
    const { back, same } = await plan('rewound', ROOT, atMs);
    assert.deepEqual([back, same], [0, 5], 'done once is done');
    await assertCountsExact(server.context);
    const undone = await undo(admin, done);
    assert.deepEqual([undone.state, undone.doneObjects, undone.failed], ['done', 3, 0]);
    assert.deepEqual(await versionsIn(server.context, 'rewound'), before);
    await assertCountsExact(server.context);
  });

  it('hides newer files where exactly that is asked for, and undoes that too', async () => {
    const atMs = await history('exact');
    const before = await versionsIn(server.context, 'exact');
    const items = [{ kind: 'folder' as const, from: 'a/' }];
    const done = await operate(admin, { kind: 'rewind', bucket: 'exact', items, atMs, exact: true });
    assert.deepEqual([done.doneObjects, done.totalObjects, done.failed], [4, 4, 0]);
    assert.deepEqual(await keysIn(server.context, 'exact'), ['a/1', 'a/2', 'a/b/3', 'kept', 'z']);
    assert.equal((await undo(admin, done)).failed, 0);
    assert.deepEqual(await versionsIn(server.context, 'exact'), before);
    await assertCountsExact(server.context);
  });

  it('takes the selected alone, also where versioning is suspended', async () => {
    const atMs = await history('some');
    await admin.send('PATCH', '/api/v1/buckets/some', { versioning: 'suspended' });
    await put('some', 'a/1', 'null version');
    const before = await versionsIn(server.context, 'some');
    const items = [{ kind: 'file' as const, from: 'a/1' }];
    const done = await operate(admin, { kind: 'rewind', bucket: 'some', items, atMs });
    assert.deepEqual([done.doneObjects, done.failed], [1, 0]);
    assert.equal(await read('some', 'a/1'), 'old a/1');
    await assertCountsExact(server.context);
    assert.equal((await undo(admin, done)).failed, 0);
    assert.deepEqual(await versionsIn(server.context, 'some'), before);
    assert.equal(await read('some', 'a/1'), 'null version');
    await assertCountsExact(server.context);
  });

  it('takes a folder of many back in several batches', async () => {
    await admin.send('POST', '/api/v1/buckets', { name: 'many', versioning: true });
    const keys = Array.from({ length: 900 }, (_, index) => `f/${String(index).padStart(4, '0')}`);
    for (let first = 0; first < keys.length; first += 50) {
      await Promise.all(keys.slice(first, first + 50).map((key) => put('many', key, key)));
    }
    const atMs = await pause();
    await operate(admin, { kind: 'delete', bucket: 'many', items: [{ kind: 'folder', from: 'f/' }] });
    assert.deepEqual(await keysIn(server.context, 'many'), []);
    const done = await operate(admin, { kind: 'rewind', bucket: 'many', items: ROOT, atMs });
    assert.deepEqual([done.state, done.doneObjects], ['done', 900]);
    assert.deepEqual(await keysIn(server.context, 'many'), keys);
    assert.equal((await undo(admin, done)).doneObjects, 900);
    assert.deepEqual(await keysIn(server.context, 'many'), []);
    await assertCountsExact(server.context);
  });

  it('refuses what may not be', async () => {
    const body = { kind: 'rewind', bucket: 'past', items: ROOT, atMs: Date.now() + 3_600_000 };
    assert.equal(await codeOf(await admin.send('POST', '/api/v1/operations', body)), 'InvalidRequest');
    const now = { ...body, atMs: 1 };
    assert.equal(await codeOf(await reader.send('POST', '/api/v1/operations', now)), 'AccessDenied');
    const preview = { items: [{ kind: 'folder', from: 'a' }], atMs: 1 };
    const refused = await admin.send('POST', '/api/v1/buckets/past/rewind-preview', preview);
    assert.equal(await codeOf(refused), 'InvalidRequest');
    assert.equal((await admin.send('GET', '/api/v1/buckets/nothing-here/as-of?atMs=1')).status, 404);
  });
});
