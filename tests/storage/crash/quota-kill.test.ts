import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LeanClient } from '../../support/lean-client.ts';
import { expectCleanCheck } from '../../support/run-stowage.ts';
import { seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';

const CLIENTS = 64;
const ROOM = 4000;
const SIZE = 1000;
const CYCLES = 6 * testScale();
const KEY = { accessKeyId: 'KEY-ann', secretAccessKey: 'secret-of-ann' };
const PROVISION = {
  tenants: [{ name: 'acme', quotaBytes: ROOM * SIZE + (SIZE - 1) }],
  users: [{ name: 'ann', tenant: 'acme', role: 'user', accessKeys: [KEY] }],
  buckets: [{ name: 'full', owner: 'ann' }],
};

/** 64 clients race for the room of a tenant while the server is killed: what is held never passes the quota, and ends at it exactly. */
test(`a quota holds through kill -9 under ${CLIENTS} clients, ${CYCLES} times`, async (t) => {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const random = seededRandom(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'stowage-quota-'));
  const file = join(dataDir, '..', `stowage-quota-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(PROVISION));
  const start = () => startServerProcess({ dataDir, args: ['--provision', file] });
  const acknowledged = new Set<string>();
  try {
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const server = await start();
      const races = race(server, acknowledged, cycle);
      await sleep(150 + random() * 350);
      await server.kill();
      await races;
      await expectCleanCheck(dataDir);
    }
    const last = await start();
    await race(last, acknowledged, CYCLES);
    const keys = await listAll(last);
    assert.equal(await last.stop(), 0);
    assert.equal(keys.size, ROOM);
    for (const key of acknowledged) assert.ok(keys.has(key), key);
    await expectCleanCheck(dataDir);
    t.diagnostic(`${CYCLES} kills, ${acknowledged.size} acknowledged, ${keys.size} of ${ROOM} at the end`);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(file, { force: true });
  }
});

/** Each client writes new objects until it is refused, or the server is gone. */
async function race(server: ServerProcess, acknowledged: Set<string>, cycle: number): Promise<void> {
  const body = Buffer.alloc(SIZE, 'x');
  const run = async (index: number): Promise<void> => {
    const client = new LeanClient(server.s3Url, KEY);
    try {
      for (let at = 0; ; at += 1) {
        const key = `c${cycle}-${index}-${at}`;
        const answer = await client.request({ method: 'PUT', path: `/full/${key}`, body });
        if (answer.status === 403) return;
        assert.equal(answer.status, 200);
        acknowledged.add(key);
      }
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
    } finally {
      client.close();
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => run(index)));
}

async function listAll(server: ServerProcess): Promise<Set<string>> {
  const client = new LeanClient(server.s3Url, KEY);
  const keys = new Set<string>();
  for (let after = ''; ; ) {
    const query = `list-type=2&start-after=${after}`;
    const text = (await client.request({ method: 'GET', path: '/full', query })).body.toString();
    const page = [...text.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = '']) => key);
    for (const key of page) keys.add(key);
    after = page.at(-1) ?? '';
    if (page.length < 1000) break;
  }
  client.close();
  return keys;
}
