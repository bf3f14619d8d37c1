import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { bucketSchema } from '../../src-server/contract/buckets.ts';
import { folderPageSchema } from '../../src-server/contract/objects.ts';
import { operationSchema } from '../../src-server/contract/operations.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUCKETS = '/api/v1/buckets';

describe('buckets and objects of the console', () => {
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
    for (const name of ['office', 'plain', 'full']) {
      const response = await admin.send('POST', BUCKETS, { name, versioning: name === 'office' });
      assert.equal(response.status, 201);
    }
    for (const key of ['a.txt', 'b/1', 'b/2', 'c.txt', 'd/deep/er', 'ü']) {
      await server.client.send(new PutObjectCommand({ Bucket: 'full', Key: key, Body: 'bytes' }));
    }
  });
  after(() => server.close());

  const list = async (client: ConsoleClient) =>
    z.object({ buckets: z.array(bucketSchema) }).parse(await (await client.send('GET', BUCKETS)).json()).buckets;
  const folder = async (query: string) =>
    folderPageSchema.parse(await (await admin.send('GET', `${BUCKETS}/full/objects${query}`)).json());
  const names = (page: z.infer<typeof folderPageSchema>) =>
    page.entries.map((entry) => (entry.kind === 'folder' ? entry.prefix : entry.key));

  it('lists the buckets that a user may read, with what is in them', async () => {
    const buckets = await list(admin);
    assert.deepEqual(
      buckets.map(({ name, versioning, objects, sizeBytes, mayWrite }) => [
        name,
        versioning,
        objects,
        sizeBytes,
        mayWrite,
      ]),
      [
        ['full', 'off', 6, 30, true],
        ['office', 'enabled', 0, 0, true],
        ['plain', 'off', 0, 0, true],
      ],
    );
    assert.deepEqual(await list(user), []);
    assert.deepEqual(await list(reader), []);
  });

  it('refuses without a session, and to who may not', async () => {
    assert.equal((await fetch(`${server.consoleUrl}${BUCKETS}`)).status, 401);
    const cases: readonly (readonly [Promise<Response>, number, string])[] = [
      [reader.send('POST', BUCKETS, { name: 'mine' }), 403, 'AccessDenied'],
      [user.send('GET', `${BUCKETS}/full/objects`), 403, 'AccessDenied'],
      [user.send('DELETE', `${BUCKETS}/plain`), 403, 'AccessDenied'],
      [admin.send('GET', `${BUCKETS}/nowhere/objects`), 404, 'NoSuchBucket'],
      [admin.send('GET', `${BUCKETS}/${encodeURIComponent('../full')}/objects`), 404, 'NoSuchBucket'],
      [admin.send('DELETE', `${BUCKETS}/full`), 409, 'BucketNotEmpty'],
      [admin.send('POST', BUCKETS, { name: 'Bad_Name' }), 400, 'InvalidBucketName'],
      [admin.send('POST', BUCKETS, { name: 'full' }), 409, 'BucketAlreadyOwnedByYou'],
      [user.send('POST', BUCKETS, { name: 'full' }), 409, 'BucketAlreadyExists'],
      [admin.send('POST', BUCKETS, { name: 'x-new' }, { 'x-csrf-token': 'wrong' }), 403, 'RequestForged'],
      [admin.send('GET', `${BUCKETS}/full/objects?limit=0`), 400, 'InvalidRequest'],
      [admin.send('GET', `${BUCKETS}/full/objects?unknown=1`), 400, 'InvalidRequest'],
      [admin.send('GET', `${BUCKETS}/full/objects?limit=1&limit=2`), 400, 'InvalidRequest'],
      [admin.send('GET', `${BUCKETS}/full/objects?cursor=%20`), 400, 'InvalidRequest'],
    ];
    for (const [answer, status, code] of cases) {
      const response = await answer;
      assert.deepEqual([response.status, await codeOf(response)], [status, code]);
    }
  });

  it('shows a folder: files and the folders behind them, in the order of keys', async () => {
    assert.deepEqual(names(await folder('')), ['a.txt', 'b/', 'c.txt', 'd/', 'ü']);
    assert.deepEqual(names(await folder('?prefix=b/')), ['b/1', 'b/2']);
    const [first] = (await folder('?limit=1')).entries;
    assert.ok(first?.kind === 'file' && first.sizeBytes === 5 && /^[0-9a-f]{32}$/.test(first.etag));
  });

  it('gives a folder in pages, each name once', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await folder(`?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...names(page));
      cursor = page.nextCursor;
    }
    assert.deepEqual(seen, ['a.txt', 'b/', 'c.txt', 'd/', 'ü']);
  });

  it('deletes objects by name; one that cannot be a key refuses all of them; then the bucket', async () => {
    const bucket = 'short-lived';
    await admin.send('POST', BUCKETS, { name: bucket, versioning: false });
    await server.client.send(new PutObjectCommand({ Bucket: bucket, Key: 'x', Body: '1' }));
    const remove = (client: ConsoleClient, keys: readonly string[]) =>
      client.send('POST', '/api/v1/operations', {
        kind: 'delete',
        bucket,
        items: keys.map((from) => ({ kind: 'file', from })),
      });
    const refusals = [
      [await remove(user, ['x']), 403, 'AccessDenied'],
      [await remove(admin, ['x', 'ü'.repeat(1000)]), 400, 'KeyTooLongError'],
    ] as const;
    for (const [response, status, code] of refusals) {
      assert.deepEqual([response.status, await codeOf(response)], [status, code]);
    }
    assert.equal((await admin.send('DELETE', `${BUCKETS}/${bucket}`)).status, 409);
    const done = operationSchema.parse(await (await remove(admin, ['x', 'absent'])).json());
    assert.deepEqual([done.state, done.doneObjects, done.problems], ['done', 1, []]);
    assert.equal((await admin.send('DELETE', `${BUCKETS}/${bucket}`)).status, 204);
    assert.equal((await admin.send('GET', `${BUCKETS}/${bucket}/objects`)).status, 404);
  });

  it('takes a deletion of 1,000 long keys', async () => {
    const items = Array.from({ length: 1000 }, (_, i) => ({ kind: 'file', from: `${i}-`.padEnd(1024, 'k') }));
    const response = await admin.send('POST', '/api/v1/operations', { kind: 'delete', bucket: 'plain', items });
    assert.equal(response.status, 201);
  });
});
