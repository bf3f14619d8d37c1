import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { LeanClient } from '../../support/lean-client.ts';
import { expectCleanCheck } from '../../support/run-stowage.ts';
import { seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import { type ServerProcess, startServerProcess, TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { Ledger } from '../../support/workload/ledger.ts';
import { verifyBucket } from '../../support/workload/verify.ts';
import { Writer } from '../../support/workload/writer.ts';

const BUCKET = 'kill-loop';
const WRITERS = 32;
const CYCLES = 8 * testScale();
const KIB = 1024;

/** DURABILITY D2: kill -9 under 32 clients; 0 acknowledged writes lost, 0 wrong bytes, the check finds nothing. */
test(`kill -9 under ${WRITERS} clients, ${CYCLES} times`, async (t) => {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const random = seededRandom(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'stowage-kill-'));
  const ledger = new Ledger();
  try {
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      const server = await startServerProcess({ dataDir });
      await ensureBucket(server);
      await expectNoComplaints(server, ledger);
      await loadUntilKilled(server, ledger, random, cycle);
    }
    const last = await startServerProcess({ dataDir });
    await expectNoComplaints(last, ledger);
    assert.equal(await last.stop(), 0);
    await expectCleanCheck(dataDir);
    t.diagnostic(`${ledger.acknowledgedWrites} acknowledged, 0 lost`);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function loadUntilKilled(
  server: ServerProcess,
  ledger: Ledger,
  random: () => number,
  cycle: number,
): Promise<void> {
  const clients = Array.from({ length: WRITERS }, () => new LeanClient(server.s3Url, TEST_ROOT_CREDENTIALS));
  const writers = clients.map(
    (client, index) =>
      new Writer({
        client,
        bucket: BUCKET,
        ledger,
        random: seededRandom(Math.floor(random() * 2 ** 31) + cycle),
        prefix: `w${index}/`,
        keyCount: 6,
        sizes: [0, 1, 100, 4 * KIB, 4 * KIB, 30 * KIB, 100 * KIB, 700 * KIB, 1500 * KIB],
      }),
  );
  const runs = Promise.all(writers.map((writer) => writer.run()));
  await sleep(300 + random() * 900);
  await server.kill();
  await runs;
  for (const client of clients) client.close();
}

async function ensureBucket(server: ServerProcess): Promise<void> {
  const client = new LeanClient(server.s3Url, TEST_ROOT_CREDENTIALS);
  const answer = await client.request({ method: 'PUT', path: `/${BUCKET}` });
  assert.equal(answer.status, 200, answer.body.toString());
  client.close();
}

async function expectNoComplaints(server: ServerProcess, ledger: Ledger): Promise<void> {
  const client = new LeanClient(server.s3Url, TEST_ROOT_CREDENTIALS);
  assert.deepEqual(await verifyBucket(client, BUCKET, ledger), []);
  client.close();
}
