import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectCleanCheck } from '../../support/run-stowage.ts';
import { draw, seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import {
  crashPointsInSource,
  ENGINE_POINTS,
  OPERATION_POINTS,
  START_POINTS,
  UPKEEP_POINTS,
} from './crash-point-names.ts';
import { CrashServer } from './crash-server.ts';
import { observe, withNewIds } from './observe.ts';
import { type Attack, OPERATIONS, type Operation } from './operations.ts';

/** Cases in CI; all of them when scaled up. */
const CI_CASES = 60;
const DEATHS_BETWEEN_CHECKS = 20;
const PLAIN = 'plain';
const VERSIONED = 'versioned';

interface Case {
  readonly point: string;
  readonly count: number;
  readonly operation: Operation;
}

test('every crash point in the source is attacked', () => {
  const known = [...OPERATION_POINTS, ...UPKEEP_POINTS, ...START_POINTS, ...ENGINE_POINTS];
  assert.deepEqual(crashPointsInSource(), known.toSorted());
});

/** DURABILITY D1: killed at any step, an operation happened wholly or not at all, and what was answered happened. */
test('an operation that is killed at any step is old or new', async (t) => {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const cases = chooseCases(seededRandom(seed));
  const server = new CrashServer();
  let answered = 0;
  try {
    await server.start();
    await createBuckets(server);
    let checkedDeaths = 0;
    for (const [index, one] of cases.entries()) {
      if (await attack(server, one, `c${index}/`)) answered += 1;
      if (server.deaths - checkedDeaths < DEATHS_BETWEEN_CHECKS) continue;
      checkedDeaths = server.deaths;
      await stopAndCheck(server);
      await server.start();
    }
    await stopAndCheck(server);
    t.diagnostic(`${cases.length} cases, ${server.deaths} deaths, ${answered} answered, 0 lost, 0 mixed`);
    assert.ok(server.deaths > cases.length / 4, 'too few crash points were met for this to prove anything');
  } finally {
    await server.remove();
  }
});

function chooseCases(random: () => number): Case[] {
  const all = OPERATIONS.flatMap((operation) =>
    OPERATION_POINTS.flatMap((point) => [1, 2].map((count) => ({ point, count, operation }))),
  );
  if (testScale() > 1) return all;
  // The first time of each point, and a point of another way, decide most: a second time is rarely met.
  const likely = all.filter(
    ({ point, count, operation }) => canMeet(point, operation) && (count === 1 || random() < 0.2),
  );
  return draw(likely, CI_CASES, random);
}

function canMeet(point: string, { bytes }: Operation): boolean {
  if (point.startsWith('chunk-')) return bytes === 'chunk';
  return point.startsWith('segment-') ? bytes === 'segment' : true;
}

/** True if the request was answered. */
async function attack(server: CrashServer, { point, count, operation }: Case, prefix: string): Promise<boolean> {
  const what = `${operation.name} at ${point}:${count}`;
  const prepared = await operation.prepare({ client: server.client, plain: PLAIN, versioned: VERSIONED, prefix });
  const before = await observe(server.client, prepared.bucket, prefix);
  server.arm(point, count);
  const status = await tryRequest(server, prepared);
  server.disarm();
  const died = await server.isDead();
  assert.ok(status !== undefined || died, `${what}: no answer, and the server lives`);
  if (status !== undefined) assert.equal(status, prepared.status, what);
  await server.revive();
  const now = withNewIds(await observe(server.client, prepared.bucket, prefix), before);
  const after = prepared.after(before);
  if (status !== undefined) assert.deepEqual(now, after, `${what}: answered, and not there`);
  else if (!isSame(now, after)) {
    assert.deepEqual(now, before, `${what}: neither old nor new`);
    assert.equal(await tryRequest(server, prepared), prepared.status, `${what}: a second try`);
    const again = withNewIds(await observe(server.client, prepared.bucket, prefix), before);
    assert.deepEqual(again, after, `${what}: a second try`);
  }
  return status !== undefined;
}

async function tryRequest(server: CrashServer, { request }: Attack): Promise<number | undefined> {
  try {
    return (await server.client.request(request)).status;
  } catch {
    return undefined;
  }
}

function isSame(a: unknown, b: unknown): boolean {
  try {
    assert.deepEqual(a, b);
    return true;
  } catch {
    return false;
  }
}

async function createBuckets(server: CrashServer): Promise<void> {
  const xml = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
  const requests = [
    { method: 'PUT', path: `/${PLAIN}` },
    { method: 'PUT', path: `/${VERSIONED}` },
    { method: 'PUT', path: `/${VERSIONED}`, query: 'versioning=', body: Buffer.from(xml) },
  ];
  for (const request of requests) assert.equal((await server.client.request(request)).status, 200);
}

async function stopAndCheck(server: CrashServer): Promise<void> {
  assert.equal(await server.stop(), 0);
  await expectCleanCheck(server.dataDir, [...server.disks, '--config', server.configFile]);
}
