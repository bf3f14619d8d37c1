import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { LeanClient } from '../../support/lean-client.ts';
import { expectCleanCheck, runStowage } from '../../support/run-stowage.ts';
import { seededBytes, seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import { TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { type KeyState, Ledger } from '../../support/workload/ledger.ts';
import { verifyBucket } from '../../support/workload/verify.ts';
import { Writer } from '../../support/workload/writer.ts';
import { CrashServer } from '../crash/crash-server.ts';
import { observe } from '../crash/observe.ts';
import { untilCheckpoint } from './checkpoints.ts';

const PLAIN = 'plain';
const VERSIONED = 'versioned';
const KIB = 1024;
const STEPS = 60 * testScale();
const SIZES = [0, 1, 1000, 30 * KIB, 300 * KIB, 1200 * KIB];
const WARM = { 'x-amz-storage-class': 'STANDARD_IA' };
/** Several segments of the log, and none of it released. */
const MANY_SEGMENTS = { engine: { segmentBytes: 1024 * KIB, recordBytes: 256 * KIB } };
/** Soon after a start, with time for one object before. */
const CHECKPOINT_SOON = { engine: { ...MANY_SEGMENTS.engine, checkpointPauseMs: 2000, housekeepingMs: 50 } };

interface Scene {
  readonly server: CrashServer;
  readonly ledger: Ledger;
  readonly random: () => number;
}

/** DURABILITY D10: the catalogue is gone; what is left decides how much of it comes back, and that is said. */
async function withScene(use: (scene: Scene, seed: number) => Promise<void>): Promise<void> {
  const seed = testSeed();
  const scene = {
    server: new CrashServer({ limits: MANY_SEGMENTS }),
    ledger: new Ledger(),
    random: seededRandom(seed),
  };
  try {
    await scene.server.start();
    await createBuckets(scene.server);
    await use(scene, seed);
  } finally {
    await scene.server.remove();
  }
}

for (const withCheckpoint of [true, false]) {
  const left = withCheckpoint ? 'checkpoint and log' : 'the log alone';
  test(`rebuild-catalogue from ${left}: everything is there`, async (t) => {
    await withScene(async (scene, seed) => {
      const { server, ledger } = scene;
      await load(scene);
      if (withCheckpoint) await makeCheckpoint(scene);
      await load(scene);
      const before = await observe(server.client, VERSIONED, '');
      await server.stop();
      loseCatalogue(server);
      const output = await rebuild(server);
      assert.match(output, withCheckpoint ? /from the newest checkpoint/ : /from the beginning of the log/);
      await server.start();
      assert.deepEqual(await verifyBucket(server.client, PLAIN, ledger), []);
      assert.deepEqual(await observe(server.client, VERSIONED, ''), before);
      await expectGoesOn(scene);
      t.diagnostic(`seed ${seed}: ${ledger.acknowledgedWrites} answered, 0 lost`);
    });
  });
}

test('rebuild-catalogue with nothing of the data folder but the master key', async () => {
  await withScene(async (scene) => {
    const { server, ledger } = scene;
    await load(scene);
    const before = await observe(server.client, VERSIONED, '');
    await server.stop();
    const key = readFileSync(join(server.dataDir, 'master-key'));
    rmSync(server.dataDir, { recursive: true });
    mkdirSync(server.dataDir);
    await rebuild(server);
    await assert.rejects(server.start(), { exitCode: 2, stderr: /master-key is gone: .*recovery kit/ });
    writeFileSync(join(server.dataDir, 'master-key'), key);
    await server.start();
    assert.deepEqual(await verifyBucket(server.client, PLAIN, ledger), []);
    assert.deepEqual(await observe(server.client, VERSIONED, ''), before);
    await expectGoesOn(scene);
  });
});

test('rebuild-catalogue with a checkpoint and no log: a new log begins, and what is lost is said', async (t) => {
  await withScene(async (scene, seed) => {
    const { server, ledger } = scene;
    await putOnce(scene, 'old');
    await makeCheckpoint(scene);
    const known = new Map(ledger.keys.map((key) => [key, ledger.state(key)]));
    const filesBefore = bodyFiles(server);
    await putOnce(scene, 'late');
    await server.stop();
    const newFiles = bodyFiles(server).filter((path) => !filesBefore.includes(path));
    assert.ok(newFiles.length > 0);
    loseCatalogue(server);
    loseLog(server);
    const output = await rebuild(server);
    assert.match(output, /a new log begins behind the newest checkpoint.*\n.*LOST: every change after that record/);
    assert.match(output, /kept with newer bodies in it: quarantine\/\d+-segments-/);
    await server.start();
    const { whole, unreadable } = await expectBodiesOrErrors(server, known);
    assert.equal((await server.client.request({ method: 'GET', path: `/${PLAIN}/late-0` })).status, 404);
    await putOnce(scene, 'new');
    await server.stop();
    assert.deepEqual(
      newFiles.filter((path) => !existsSync(path)),
      [],
      'bodies newer than the checkpoint are gone',
    );
    const check = await runStowage(['check', '--data-dir', server.dataDir, ...server.disks]);
    assert.equal(check.code, 1, check.output);
    assert.match(check.output, /"kind":"missing-file","container":"[0-9a-f]{16}\.log"/);
    assert.match(check.output, /unknown file: .* chunks\//);
    assert.match(check.output, /replay: the log gives the catalogue/);
    assert.doesNotMatch(check.output, /^counter:/m);
    // The new log is one like any other.
    loseCatalogue(server);
    assert.match(await rebuild(server), /from the newest checkpoint/);
    await server.start();
    assert.deepEqual(await expectBodiesOrErrors(server, known), { whole, unreadable });
    await expectSome(server, ledger, 'new');
    assert.equal(await server.stop(), 0);
    t.diagnostic(`seed ${seed}: ${known.size} in the checkpoint, ${whole} whole, ${unreadable} said to be unreadable`);
  });
});

for (const log of ['no log', 'a log without its beginning'] as const) {
  test(`rebuild-catalogue with ${log} and no checkpoint: the bodies that are there come back under their names`, async (t) => {
    await withScene(async (scene, seed) => {
      const { server, ledger } = scene;
      for (const prefix of ['first', 'second']) await putOnce(scene, prefix);
      const keys = [...ledger.keys];
      await server.stop();
      loseCatalogue(server);
      if (log === 'no log') loseLog(server);
      else rmSync(join(server.root, 'hot', 'log', '0000000000000001.log'));
      assert.match(await rebuild(server), /salvaged from the containers/);
      await server.start();
      let whole = 0;
      for (const key of keys) {
        const state = ledger.state(key);
        const answer = await server.client.request({ method: 'GET', path: `/${PLAIN}/${key}` });
        if (answer.status === 200) assert.ok(isBody(state, answer.body), `${key}: other bytes`);
        else assert.equal(answer.status, 404, key);
        if (answer.status === 200) whole += 1;
        else assert.ok(standsInLog(key, state) || isEmpty(state), `${key}: its body is there, and it is not`);
      }
      assert.ok(whole > keys.length / 2);
      await putOnce(scene, 'after');
      assert.equal(await server.stop(), 0);
      await expectCleanCheck(server.dataDir, server.disks);
      loseCatalogue(server);
      assert.match(await rebuild(server), /from the newest checkpoint/);
      await expectCleanCheck(server.dataDir, server.disks);
      t.diagnostic(`seed ${seed}: ${whole} of ${keys.length} came back, the rest stood in what was lost`);
    });
  });
}

async function createBuckets({ client }: CrashServer): Promise<void> {
  const xml = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
  for (const request of [
    { method: 'PUT', path: `/${PLAIN}` },
    { method: 'PUT', path: `/${VERSIONED}` },
    { method: 'PUT', path: `/${VERSIONED}`, query: 'versioning=', body: Buffer.from(xml) },
  ]) {
    assert.equal((await client.request(request)).status, 200);
  }
}

/** Everything that clients do: puts of all sizes in both tiers, deletes, copies, uploads, versions, tags. */
async function load({ server, ledger, random }: Scene): Promise<void> {
  for (const amzHeaders of [{}, WARM]) {
    const client = new LeanClient(server.url, TEST_ROOT_CREDENTIALS);
    const prefix = 'x-amz-storage-class' in amzHeaders ? 'warm/' : 'hot/';
    const writer = new Writer({
      client,
      bucket: PLAIN,
      ledger,
      random,
      prefix,
      keyCount: 15,
      sizes: SIZES,
      amzHeaders,
    });
    for (let step = 0; step < STEPS / 2; step += 1) await writer.step();
    client.close();
  }
  const { client } = server;
  for (let index = 0; index < 8; index += 1) {
    const path = `/${VERSIONED}/v${index % 3}`;
    const body = seededBytes(`${random()}`, SIZES[index % SIZES.length] ?? 0);
    const amzHeaders = { ...(index % 2 === 0 ? WARM : {}), 'x-amz-tagging': `step=${index}` };
    assert.equal((await client.request({ method: 'PUT', path, body, amzHeaders })).status, 200);
    if (index === 4) assert.equal((await client.request({ method: 'DELETE', path })).status, 204);
  }
  const started = await client.request({ method: 'POST', path: `/${VERSIONED}/open`, query: 'uploads=' });
  const uploadId = /<UploadId>([^<]+)</.exec(started.body.toString())?.[1] ?? '';
  const query = `partNumber=1&uploadId=${encodeURIComponent(uploadId)}`;
  const part = { method: 'PUT', path: `/${VERSIONED}/open`, query, body: seededBytes('part', 20_000) };
  assert.equal((await client.request(part)).status, 200);
}

/** Keys that are written once, in each tier and of each size: what became of each is known. */
async function putOnce({ server, ledger }: Scene, prefix: string): Promise<void> {
  for (const [index, sizeBytes] of [...SIZES, ...SIZES, 2500 * KIB].entries()) {
    await put(server, ledger, { key: `${prefix}-${index}${index % 2 === 0 ? '' : '-warm'}`, sizeBytes });
  }
}

async function put(
  server: CrashServer,
  ledger: Ledger,
  { key, sizeBytes }: { readonly key: string; readonly sizeBytes: number },
): Promise<void> {
  ledger.begin(key, { kind: 'object', seed: key, sizeBytes });
  const request = { method: 'PUT', path: `/${PLAIN}/${key}`, body: seededBytes(key, sizeBytes) };
  const answer = await server.client.request({ ...request, ...(key.endsWith('-warm') ? { amzHeaders: WARM } : {}) });
  assert.equal(answer.status, 200, answer.body.toString());
  ledger.acknowledge(key);
}

/** A restart that makes one. A segment of a tier is open then. */
async function makeCheckpoint({ server, ledger }: Scene): Promise<void> {
  await server.stop();
  await server.start({ STOWAGE_DEBUG_LIMITS: JSON.stringify(CHECKPOINT_SOON) });
  await put(server, ledger, { key: 'opens-segment-warm', sizeBytes: 1000 });
  await untilCheckpoint(server.root);
}

function loseCatalogue({ dataDir }: CrashServer): void {
  for (const name of readdirSync(dataDir)) if (name.startsWith('catalogue.db')) rmSync(join(dataDir, name));
}

function loseLog({ root }: CrashServer): void {
  for (const disk of ['hot', 'warm']) rmSync(join(root, disk, 'log'), { recursive: true, force: true });
}

async function rebuild({ dataDir, disks }: CrashServer): Promise<string> {
  const { code, output } = await runStowage(['rebuild-catalogue', '--data-dir', dataDir, ...disks]);
  assert.equal(code, 0, output);
  return output;
}

/** More of everything, a clean end, and the test of all tests. */
async function expectGoesOn(scene: Scene): Promise<void> {
  const { server, ledger } = scene;
  await load(scene);
  assert.deepEqual(await verifyBucket(server.client, PLAIN, ledger), []);
  assert.equal(await server.stop(), 0);
  await expectCleanCheck(server.dataDir, server.disks);
}

/** Small bodies of the hot tier stood in the log. */
function standsInLog(key: string, state: KeyState): boolean {
  return state.kind === 'object' && state.sizeBytes > 0 && state.sizeBytes <= 1024 * KIB && !key.endsWith('-warm');
}

function isEmpty(state: KeyState): boolean {
  return state.kind === 'object' && state.sizeBytes === 0;
}

function isBody(state: KeyState, body: Buffer): boolean {
  return state.kind === 'object' && seededBytes(state.seed, state.sizeBytes).equals(body);
}

/** Each object is listed and gives its bytes; one whose body was lost with the log gives an error, never anything else. */
async function expectBodiesOrErrors(server: CrashServer, known: ReadonlyMap<string, KeyState>) {
  let [whole, unreadable] = [0, 0];
  for (const [key, state] of known) {
    const path = `/${PLAIN}/${key}`;
    assert.equal((await server.client.request({ method: 'HEAD', path })).status, 200, key);
    const client = new LeanClient(server.url, TEST_ROOT_CREDENTIALS);
    const answer = await client.request({ method: 'GET', path }).catch(() => undefined);
    client.close();
    if (answer?.status === 200) {
      assert.ok(isBody(state, answer.body), `${key}: other bytes`);
      whole += 1;
    } else {
      assert.ok(standsInLog(key, state), `${key}: its body is there`);
      assert.ok(answer === undefined || answer.status >= 500, `${key}: ${answer?.status}`);
      unreadable += 1;
    }
  }
  return { whole, unreadable };
}

async function expectSome(server: CrashServer, ledger: Ledger, prefix: string): Promise<void> {
  for (const key of ledger.keys.filter((one) => one.startsWith(prefix))) {
    const answer = await server.client.request({ method: 'GET', path: `/${PLAIN}/${key}` });
    assert.ok(answer.status === 200 && isBody(ledger.state(key), answer.body), key);
  }
}

function bodyFiles({ root }: CrashServer): string[] {
  return ['hot', 'warm'].flatMap((disk) =>
    ['chunks', 'segments'].flatMap((folder) =>
      readdirSync(join(root, disk, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    ),
  );
}
