import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeanClient } from '../../support/lean-client.ts';
import { expectCleanCheck, runStowage } from '../../support/run-stowage.ts';
import { seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import { StartFailed, TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { Ledger } from '../../support/workload/ledger.ts';
import { verifyBucket } from '../../support/workload/verify.ts';
import { Writer } from '../../support/workload/writer.ts';
import { CrashServer } from './crash-server.ts';

const BUCKET = 'start';
/** More often than any of these is met in one start. */
const MOST = 40;

/** Every commit, segment and file of a first run is a moment at which it may be cut off. */
test('a first run that is killed at any step is finished by the next start', async (t) => {
  const points = ['install-created', 'segment-switched', 'after-write', 'before-commit', 'after-commit'];
  let deaths = 0;
  for (const point of testScale() > 1 ? [...points, 'after-sync', 'after-answer'] : points) {
    deaths += await killFirstRuns(point);
  }
  t.diagnostic(`${deaths} deaths on the way up`);
  assert.ok(deaths >= points.length, 'too few steps were met');
});

/** One new install for each time that the point is met; in CI only the first and the last of them. */
async function killFirstRuns(point: string): Promise<number> {
  for (let count = 1; count <= MOST; count += 1) {
    const server = new CrashServer();
    try {
      const died = await diesOnItsWayUp(server, point, count);
      await server.start();
      assert.equal((await server.client.request({ method: 'PUT', path: `/${BUCKET}` })).status, 200);
      assert.equal(await server.stop(), 0);
      await expectCleanCheck(server.dataDir, [...server.disks, '--config', server.configFile]);
      if (!died) return count - 1;
      if (testScale() === 1 && count === 2) return count;
    } finally {
      await server.remove();
    }
  }
  throw new Error(`${point} was met ${MOST} times: is there an end?`);
}

test('replay and rebuild that are killed at any step are done again', async (t) => {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const random = seededRandom(seed);
  const server = new CrashServer();
  const ledger = new Ledger();
  try {
    await server.start();
    assert.equal((await server.client.request({ method: 'PUT', path: `/${BUCKET}` })).status, 200);
    await loadAndKill(server, ledger, random);
    assert.ok(await diesOnItsWayUp(server, 'replayed', 1), 'there was nothing to replay');
    await server.start();
    await expectAllThere(server, ledger, 'replayed');
    for (const point of ['rebuilt', 'set-aside', 'replaced']) {
      await rebuildKilledAt(server, ledger, point, 'serve');
      await loadAndKill(server, ledger, random);
      await rebuildKilledAt(server, ledger, point, 'rebuild');
      await loadAndKill(server, ledger, random);
    }
    await server.start();
    await expectAllThere(server, ledger, 'the end');
    assert.equal(await server.stop(), 0);
    await expectCleanCheck(server.dataDir, [...server.disks, '--config', server.configFile]);
    t.diagnostic(`${ledger.acknowledgedWrites} acknowledged, 0 lost`);
  } finally {
    await server.remove();
  }
});

/** Kills `rebuild-catalogue`; then either a start or the same command again must make it whole. Leaves the server running. */
async function rebuildKilledAt(
  server: CrashServer,
  ledger: Ledger,
  point: string,
  then: 'serve' | 'rebuild',
): Promise<void> {
  if (!server.hasDied) assert.equal(await server.stop(), 0);
  const command = ['rebuild-catalogue', '--data-dir', server.dataDir, ...server.disks];
  const killed = await runStowage(command, { STOWAGE_DEBUG: '1', STOWAGE_CRASH_AT: `${point}:1` });
  assert.equal(killed.signal, 'SIGKILL', killed.output);
  if (then === 'rebuild') {
    const again = await runStowage(command);
    assert.equal(again.code, 0, again.output);
  }
  await server.start();
  await expectAllThere(server, ledger, `${point}, then ${then}`);
}

async function diesOnItsWayUp(server: CrashServer, point: string, count: number): Promise<boolean> {
  try {
    await server.start({ STOWAGE_CRASH_AT: `${point}:${count}` });
  } catch (error) {
    assert.ok(error instanceof StartFailed && error.signal === 'SIGKILL', String(error));
    return true;
  }
  if (!(await server.diesWithin(100))) assert.equal(await server.stop(), 0);
  return false;
}

async function loadAndKill(server: CrashServer, ledger: Ledger, random: () => number): Promise<void> {
  const client = new LeanClient(server.url, TEST_ROOT_CREDENTIALS);
  const prefix = 'w/';
  const sizes = [0, 1000, 30_000, 1_200_000];
  const writer = new Writer({ client, bucket: BUCKET, ledger, random, prefix, keyCount: 20, sizes });
  for (let step = 0; step < 15; step += 1) await writer.step();
  client.close();
  // Its record is durable and not committed: replay has something to do.
  server.arm('before-commit', 1);
  await server.client.request({ method: 'PUT', path: `/${BUCKET}/w/0` }).catch(() => undefined);
  assert.ok(await server.diesWithin(10_000));
  ledger.begin('w/0', { kind: 'object', seed: '', sizeBytes: 0 });
}

async function expectAllThere(server: CrashServer, ledger: Ledger, what: string): Promise<void> {
  assert.deepEqual(await verifyBucket(server.client, BUCKET, ledger), [], what);
}
