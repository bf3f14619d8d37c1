import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { LeanClient } from '../../support/lean-client.ts';
import { expectCleanCheck } from '../../support/run-stowage.ts';
import { draw, seededBytes, seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import { TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { Ledger } from '../../support/workload/ledger.ts';
import { verifyBucket } from '../../support/workload/verify.ts';
import { CrashServer } from '../crash/crash-server.ts';
import { type CallFault, FailingCalls, whyNoFailingCalls } from './failing-calls.ts';

const BUCKET = 'eio';
const CLIENTS = 6;
const KIB = 1024;
const SIZES = [0, 100, 4 * KIB, 4 * KIB, 60 * KIB, 300 * KIB, 1200 * KIB];
const WARM = { 'x-amz-storage-class': 'STANDARD_IA' };
const LOAD_MS = 250;
const PATIENCE_MS = 10_000;
/** Calls of the kind that pass before the first one fails, at most. */
const MOST_SKIPPED = 12;
const EXIT_ENGINE_STOPPED = 4;
const skip = whyNoFailingCalls() ?? false;

/** What happens rarely in service happens all the time: segments end, checkpoints are made, the WAL is moved. */
const LIMITS = {
  engine: {
    segmentBytes: 2048 * KIB,
    recordBytes: 256 * KIB,
    walBytes: 256 * KIB,
    checkpointBytes: 64 * KIB,
    checkpointPauseMs: 200,
    housekeepingMs: 100,
  },
  tierSegmentBytes: 512 * KIB,
};

interface Case {
  readonly name: string;
  readonly fault: CallFault;
  /**
   * `serves`: every write is taken, by another disk. `refuses`: those that need it are refused, the server lives.
   * `stops`: exit 4. `either`: the last two, whichever step it hits.
   */
  readonly outcome: 'serves' | 'refuses' | 'stops' | 'either';
  /** While the fault lasts a start serves reads and says why no writes; or it ends with this exit code. */
  readonly restart?: 'reads-only' | 'stops';
}

const HOT_LOG = ['/hot/log'];
const LOGS = ['/hot/log', '/warm/log'];
const CHUNKS = ['/hot/tmp/', '/hot/chunks/'];
const ALL_CHUNKS = [...CHUNKS, '/warm/tmp/', '/warm/chunks/'];
const WAL = ['/data/catalogue.db-wal'];
const MAIN = ['/data/catalogue.db$'];

const CASES: readonly Case[] = [
  { name: 'one sync of the log', fault: { call: 'sync', paths: ['/hot/log/'], times: 1 }, outcome: 'refuses' },
  { name: 'one write of the log', fault: { call: 'write', paths: ['/hot/log/'], times: 1 }, outcome: 'refuses' },
  { name: 'one sync of the log’s folder', fault: { call: 'sync', paths: ['/hot/log$'], times: 1 }, outcome: 'serves' },
  { name: 'every sync of the log’s disk', fault: { call: 'sync', paths: HOT_LOG }, outcome: 'refuses' },
  { name: 'every write of the log’s disk', fault: { call: 'write', paths: HOT_LOG }, outcome: 'refuses' },
  {
    name: 'every sync of any log’s folder',
    fault: { call: 'sync', paths: ['/hot/log$', '/warm/log$'] },
    outcome: 'either',
  },
  // Where it is a new segment that fails first, nothing was promised yet: it lives and refuses.
  { name: 'every sync of any log', fault: { call: 'sync', paths: LOGS }, outcome: 'either', restart: 'reads-only' },
  { name: 'every write of any log', fault: { call: 'write', paths: LOGS }, outcome: 'either', restart: 'stops' },
  { name: 'one sync of a chunk', fault: { call: 'sync', paths: CHUNKS, times: 1 }, outcome: 'serves' },
  { name: 'every sync of chunks of a disk', fault: { call: 'sync', paths: CHUNKS }, outcome: 'serves' },
  { name: 'every write of chunks of a disk', fault: { call: 'write', paths: CHUNKS }, outcome: 'serves' },
  { name: 'every sync of any chunk', fault: { call: 'sync', paths: ALL_CHUNKS }, outcome: 'refuses' },
  { name: 'every write of any chunk', fault: { call: 'write', paths: ALL_CHUNKS }, outcome: 'refuses' },
  {
    name: 'one sync of a tier’s segment',
    fault: { call: 'sync', paths: ['/warm/segments'], times: 1 },
    outcome: 'serves',
  },
  { name: 'every sync of a tier’s segments', fault: { call: 'sync', paths: ['/warm/segments'] }, outcome: 'serves' },
  { name: 'every write of a tier’s segments', fault: { call: 'write', paths: ['/warm/segments'] }, outcome: 'serves' },
  { name: 'one write of the WAL', fault: { call: 'write', paths: WAL, times: 1 }, outcome: 'either' },
  { name: 'every write of the WAL', fault: { call: 'write', paths: WAL }, outcome: 'either' },
  { name: 'one sync of the WAL', fault: { call: 'sync', paths: WAL, times: 1 }, outcome: 'stops' },
  { name: 'one write of the catalogue', fault: { call: 'write', paths: MAIN, times: 1 }, outcome: 'stops' },
  { name: 'one sync of the catalogue', fault: { call: 'sync', paths: MAIN, times: 1 }, outcome: 'stops' },
  { name: 'every sync of checkpoints', fault: { call: 'sync', paths: ['/checkpoints'] }, outcome: 'serves' },
  { name: 'every write of checkpoints', fault: { call: 'write', paths: ['/checkpoints'] }, outcome: 'serves' },
];

/**
 * DURABILITY D7: a disk that fails its calls. What was refused did not happen, what was answered is there after a restart, and
 * a server that cannot promise any more says so or stops.
 */
for (const durability of ['strict', 'balanced'] as const) {
  test(`calls that fail with EIO under a running server (${durability})`, { skip }, async (t) => {
    const seed = testSeed();
    const random = seededRandom(seed);
    const ofMode = durability === 'strict' ? CASES : CASES.filter(({ name }) => /\blog\b/.test(name));
    const cases = testScale() > 1 ? CASES : draw(ofMode, durability === 'strict' ? 9 : 3, random);
    for (let round = 0; round < testScale(); round += 1) {
      for (const one of cases) await t.test(one.name, (inner) => attack(inner, one, durability, seed, random));
    }
  });
}

interface Scene {
  readonly server: CrashServer;
  readonly calls: FailingCalls;
  readonly ledger: Ledger;
  readonly random: () => number;
  serial: number;
}

async function attack(
  t: TestContext,
  { name, fault, outcome, restart }: Case,
  durability: string,
  seed: number,
  random: () => number,
): Promise<void> {
  const calls = new FailingCalls();
  const server = new CrashServer({ limits: LIMITS, args: ['--durability', durability] });
  const scene: Scene = { server, calls, ledger: new Ledger(), random, serial: 0 };
  try {
    await server.start(calls.env);
    assert.equal((await server.client.request({ method: 'PUT', path: `/${BUCKET}` })).status, 200);
    await load(scene, LOAD_MS);
    calls.arm({ ...fault, skip: Math.floor(random() * MOST_SKIPPED) });
    const refusals = await loadUntilFailed(scene);
    const { failed } = calls;
    assert.ok(failed > 0, 'the call was never made');
    const stopped = server.hasDied || (await server.diesWithin(outcome === 'stops' ? PATIENCE_MS : 500));
    const { acknowledgedWrites } = scene.ledger;
    t.diagnostic(
      `seed ${seed}: ${failed} calls failed, ${acknowledgedWrites} answered, ${refusals.length} refused, exit ${server.exitCode}`,
    );
    if (outcome !== 'either') assert.equal(stopped, outcome === 'stops', `${name}: ${server.stderr()}`);
    if (outcome === 'serves') assert.deepEqual(refusals, []);
    if (stopped) assert.equal(server.exitCode, EXIT_ENGINE_STOPPED, server.stderr());
    if (!stopped && refusals.length > 0) await expectReasonTold(server, fault);
    if (stopped && restart !== undefined) await restartWhileItFails(scene, restart);
    calls.heal();
    if (!server.hasDied) {
      await expectWrites(scene);
      assert.deepEqual(await verifyBucket(server.client, BUCKET, scene.ledger), []);
      await server.kill();
    }
    await server.start(calls.env);
    assert.deepEqual(await verifyBucket(server.client, BUCKET, scene.ledger), []);
    await expectWrites(scene);
    assert.equal((await fetch(`${server.consoleUrl}/health/ready`)).status, 200);
    assert.equal(await server.stop(), 0);
    await expectCleanCheck(server.dataDir, [...server.disks, '--config', server.configFile]);
  } finally {
    await server.remove();
    calls.remove();
  }
}

/** Loads until the fault was met and some time more, or the server stopped. Answers what was refused. */
async function loadUntilFailed(scene: Scene): Promise<string[]> {
  const refusals: string[] = [];
  const deadline = performance.now() + PATIENCE_MS;
  while (scene.calls.failed === 0 && performance.now() < deadline && !scene.server.hasDied) {
    refusals.push(...(await load(scene, LOAD_MS)));
  }
  if (!scene.server.hasDied) refusals.push(...(await load(scene, LOAD_MS)));
  return refusals;
}

/** Writes from several connections for a while; a refusal or a broken connection ends none of them early. */
async function load(scene: Scene, forMs: number): Promise<string[]> {
  const end = performance.now() + forMs;
  const refusals: string[] = [];
  const run = async (prefix: string, amzHeaders: Readonly<Record<string, string>>): Promise<void> => {
    const client = new LeanClient(scene.server.url, TEST_ROOT_CREDENTIALS);
    while (performance.now() < end) {
      const key = `${prefix}${Math.floor(scene.random() * 12)}`;
      const refusal = await put(scene, client, key, amzHeaders);
      if (refusal === undefined) continue;
      if (refusal === 'cut') break;
      refusals.push(refusal);
    }
    client.close();
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => run(`c${index}/`, index % 3 === 0 ? WARM : {})));
  return refusals;
}

/** Undefined where it was answered 200; else what was said, or `cut`. */
async function put(
  scene: Scene,
  client: LeanClient,
  key: string,
  amzHeaders: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { ledger, random } = scene;
  scene.serial += 1;
  const seed = `${key} ${scene.serial}`;
  const sizeBytes = SIZES[Math.floor(random() * SIZES.length)] ?? 0;
  ledger.begin(key, { kind: 'object', seed, sizeBytes });
  const request = { method: 'PUT', path: `/${BUCKET}/${key}`, body: seededBytes(seed, sizeBytes), amzHeaders };
  const answer = await client.request(request).catch(() => undefined);
  if (answer === undefined) return 'cut';
  if (answer.status === 200) {
    ledger.acknowledge(key);
    return undefined;
  }
  // It did not happen, and never will.
  ledger.refuse(key);
  assert.equal(answer.status, 503, answer.body.toString());
  return answer.body.toString();
}

/** Every size and class is taken again. */
async function expectWrites(scene: Scene): Promise<void> {
  for (const amzHeaders of [{}, WARM]) {
    for (let index = 0; index < SIZES.length; index += 1) {
      const refusal = await put(scene, scene.server.client, `after/${index}`, amzHeaders);
      assert.equal(refusal, undefined);
    }
  }
}

/** It serves, and where its log did not take what it should, it says so. */
async function expectReasonTold(server: CrashServer, fault: CallFault): Promise<void> {
  if (!fault.paths.some((path) => path.includes('/log'))) return;
  const health = await fetch(`${server.consoleUrl}/health/ready`);
  assert.match(await health.text(), /changes could not be made durable: .*EIO/);
}

/** The disk is as bad as before: nothing is promised, and the reason is told. */
async function restartWhileItFails({ server, calls, ledger }: Scene, start: 'reads-only' | 'stops'): Promise<void> {
  if (start === 'stops') {
    await assert.rejects(server.start(calls.env), { name: 'StartFailed', exitCode: EXIT_ENGINE_STOPPED });
    return;
  }
  await server.start(calls.env);
  assert.deepEqual(await verifyBucket(server.client, BUCKET, ledger), []);
  const request = { method: 'PUT', path: `/${BUCKET}/refused`, body: Buffer.from('x') };
  assert.equal((await server.client.request(request)).status, 503);
  const health = await fetch(`${server.consoleUrl}/health/ready`);
  assert.equal(health.status, 503);
  assert.match(await health.text(), /writes are refused: .*EIO/);
  assert.equal(await server.stop(), 0);
}
