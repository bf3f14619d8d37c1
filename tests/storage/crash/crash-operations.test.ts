import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { getOperations, type Operation, type PostOperation } from '../../../src-server/contract/operations.ts';
import { type ConsoleClient, signInTo } from '../../support/console-client.ts';
import { LeanClient } from '../../support/lean-client.ts';
import { look } from '../../support/operations.ts';
import { expectCleanCheck } from '../../support/run-stowage.ts';
import { TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { CrashServer } from './crash-server.ts';

const KEYS = 2400;
const AT_ONCE = 8;
const PASSWORD = 'correct horse battery staple';
const BUCKET = 'crashing';

/** Steps of the commit of a batch, with the turn at which the server dies: one of the middle of an operation. */
const POINTS = [
  ['before-commit', 4],
  ['after-sync', 5],
  ['after-commit', 4],
  ['after-write', 6],
] as const;

test('an operation that a crash cuts off goes on at the next start, and does nothing twice', async () => {
  const server = new CrashServer();
  try {
    await server.start();
    await claim(server.consoleUrl, server.dataDir);
    await fill(server);
    const folder = (from: string, to: string) => ({ kind: 'folder' as const, from, to });
    const bodies: PostOperation[] = [
      { kind: 'move', bucket: BUCKET, items: [folder('a/', 'b/')], conflict: 'fail' },
      { kind: 'copy', bucket: BUCKET, items: [folder('b/', 'a/')], conflict: 'fail' },
      { kind: 'delete', bucket: BUCKET, items: [{ kind: 'folder', from: 'b/' }] },
      { kind: 'restore', bucket: BUCKET, binned: 'all', conflict: 'fail' },
    ];
    const expected = [
      [0, KEYS],
      [KEYS, KEYS],
      [KEYS, 0],
      [KEYS, KEYS],
    ];
    for (const [index, body] of bodies.entries()) {
      const done = await cutOff(server, body, POINTS[index] ?? POINTS[0]);
      assert.deepEqual([done.state, done.doneObjects, done.failed, done.skipped], ['done', KEYS, 0, 0]);
      assert.deepEqual([await count(server, 'a/'), await count(server, 'b/')], expected[index], body.kind);
    }
    assert.equal(server.deaths, POINTS.length);
    assert.equal(await server.stop(), 0);
    await expectCleanCheck(server.dataDir, server.disks);
  } finally {
    await server.remove();
  }
});

/** Asks for it, lets the server die in its midst, starts it again and waits for the end. */
async function cutOff(
  server: CrashServer,
  body: PostOperation,
  [point, turn]: readonly [string, number],
): Promise<Operation> {
  const client = await signInTo(server.consoleUrl, 'anna', PASSWORD);
  server.arm(point, turn);
  await client.send('POST', '/api/v1/operations', body).catch(() => undefined);
  assert.ok(await server.diesWithin(30_000), 'it went on as if nothing had been asked');
  await server.revive();
  const again = await signInTo(server.consoleUrl, 'anna', PASSWORD);
  const [newest] = getOperations.answers[200].schema.parse(
    await (await again.send('GET', '/api/v1/operations?limit=1')).json(),
  ).operations;
  // Died before the operation itself was durable: then nobody was promised anything, and it is asked for again.
  if (newest?.kind !== body.kind) {
    const asked = await (await again.send('POST', '/api/v1/operations', body)).json();
    return ended(again, (asked as { id: string }).id);
  }
  return ended(again, newest.id);
}

async function ended(client: ConsoleClient, id: string): Promise<Operation> {
  for (let tries = 0; tries < 600; tries++) {
    const operation = await look(client, id);
    if (operation.state !== 'queued' && operation.state !== 'running') return operation;
    await sleep(100);
  }
  throw new Error(`operation ${id} does not end`);
}

async function claim(consoleUrl: string, dataDir: string): Promise<void> {
  const token = readFileSync(join(dataDir, 'setup-token'), 'utf8').trim();
  const response = await fetch(`${consoleUrl}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: 'anna', password: PASSWORD }),
  });
  assert.ok(response.ok, await response.text());
}

async function fill(server: CrashServer): Promise<void> {
  const created = await server.client.request({ method: 'PUT', path: `/${BUCKET}` });
  assert.equal(created.status, 200);
  let next = 0;
  const put = async (): Promise<void> => {
    const client = new LeanClient(server.url, TEST_ROOT_CREDENTIALS);
    for (let i = next++; i < KEYS; i = next++) {
      const answer = await client.request({ method: 'PUT', path: `/${BUCKET}/a/${i}`, body: Buffer.from(`body ${i}`) });
      assert.equal(answer.status, 200);
    }
    client.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, put));
}

/** Objects under a prefix, as S3 lists them. */
async function count(server: CrashServer, prefix: string): Promise<number> {
  let found = 0;
  let token = '';
  for (;;) {
    const more = token === '' ? '' : `continuation-token=${encodeURIComponent(token)}&`;
    const query = `${more}list-type=2&prefix=${encodeURIComponent(prefix)}`;
    const answer = await server.client.request({ method: 'GET', path: `/${BUCKET}`, query });
    const xml = answer.body.toString();
    found += xml.split('<Contents>').length - 1;
    token = /<NextContinuationToken>(.*?)</.exec(xml)?.[1] ?? '';
    if (token === '') return found;
  }
}
