import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LeanAnswer, LeanClient, type LeanRequest } from '../../support/lean-client.ts';
import { expectCleanCheck } from '../../support/run-stowage.ts';
import { seededBytes, seededRandom, testSeed } from '../../support/seeded.ts';
import { type ServerProcess, startServerProcess, TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { ABSENT, Ledger } from '../../support/workload/ledger.ts';
import { verifyBucket } from '../../support/workload/verify.ts';
import { mountSmallDisk, type SmallDisk, whyNoSmallDisks } from './small-disk.ts';

const BUCKET = 'full';
const MIB = 1024 * 1024;
const CLIENTS = 4;
/** So often in a row a client is refused before it believes that the disk is full. */
const REFUSALS = 6;
const RECOVERY_MS = 30_000;
/** Deletes that a full disk takes one by one, and how many a request names then. */
const AT_ONCE = 25;
const TOGETHER = 250;
const skip = whyNoSmallDisks() ?? false;

interface Layout {
  readonly name: string;
  /** Of the file systems, MiB. Absent = on the first disk. */
  readonly dataMib?: number;
  readonly diskMib: readonly number[];
  readonly sizes: readonly number[];
}

const LAYOUTS: readonly Layout[] = [
  { name: 'one small disk for all, mixed sizes', diskMib: [32], sizes: [0, 100, 4_096, 60_000, 300_000, 1_500_000] },
  { name: 'one small disk for all, small objects', diskMib: [16], sizes: [0, 1, 100, 1_000] },
  { name: 'a small data folder beside a large disk', dataMib: 8, diskMib: [128], sizes: [0, 1, 100, 2_000] },
  { name: 'a small disk beside a large data folder', dataMib: 64, diskMib: [32], sizes: [4_096, 200_000, 2_500_000] },
  { name: 'two small disks', diskMib: [24, 24], sizes: [0, 4_096, 200_000, 1_500_000] },
];

/** Twenty rounds of filling a disk, on a machine that has other work. */
const PATIENCE_MS = 300_000;

/**
 * DURABILITY D6: a full disk is said to be full (507), loses nothing, lets deletes through, and takes writes again as soon
 * as space is back, without a restart.
 */
test('a disk that runs full', { skip, concurrency: true, timeout: PATIENCE_MS }, async (t) => {
  const runs = LAYOUTS.map((layout) =>
    t.test(layout.name, { timeout: PATIENCE_MS }, (inner) => fillAndRecover(inner, layout)),
  );
  await Promise.all(runs);
});

async function fillAndRecover(t: TestContext, layout: Layout): Promise<void> {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const random = seededRandom(seed);
  const place = arrange(layout);
  const ledger = new Ledger();
  let server: ServerProcess | undefined;
  try {
    server = await start(place);
    await request(server, 'PUT', `/${BUCKET}`, 200);
    await fill(server, layout, ledger, random);
    const filled = ledger.acknowledgedWrites;
    await expectNoComplaints(server, ledger);
    await deleteMost(server, ledger, random);
    await expectNoComplaints(server, ledger);
    await expectWritesAgain(server, layout, ledger);
    await fill(server, layout, ledger, random);
    await expectNoComplaints(server, ledger);
    await server.kill();
    server = await start(place);
    await expectNoComplaints(server, ledger);
    await deleteMost(server, ledger, random);
    assert.equal(await server.stop(), 0, server.stderr());
    await expectCleanCheck(place.dataDir, place.options);
    t.diagnostic(`${filled} answered until full, ${ledger.acknowledgedWrites} in all, 0 lost`);
  } catch (error) {
    for (const line of server?.stderr().split('\n') ?? []) if (/"level":"(error|fatal)"/.test(line)) t.diagnostic(line);
    for (const disk of place.mounted) t.diagnostic(contentOf(disk.path));
    throw error;
  } finally {
    await server?.kill();
    for (const disk of place.mounted) disk.remove();
  }
}

interface Place {
  readonly dataDir: string;
  readonly options: readonly string[];
  readonly mounted: readonly SmallDisk[];
}

function arrange({ dataMib, diskMib }: Layout): Place {
  const disks = diskMib.map((mib) => mountSmallDisk(mib * MIB));
  const mounted = dataMib === undefined ? disks : [mountSmallDisk(dataMib * MIB), ...disks];
  const [home] = mounted;
  if (home === undefined) throw new Error('no disk');
  const dataDir = join(home.path, 'data');
  mkdirSync(dataDir);
  const config = join(dataDir, 'config.json');
  writeFileSync(config, JSON.stringify({ garbage: { graceSeconds: 0 } }));
  const options = disks.flatMap(({ path }, index) => {
    const root = join(path, 'disk');
    mkdirSync(root);
    return ['--disk', `d${index}=${root}`];
  });
  return { dataDir, options: [...options, '--config', config], mounted };
}

/** What stands on a disk, for whoever asks why it was full. */
function contentOf(path: string): string {
  const { bavail, bsize } = statfsSync(path);
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, stat: statSync(join(path, name), { throwIfNoEntry: false }) }))
    .flatMap(({ name, stat }) => (stat?.isFile() === true ? [`${name} ${stat.blocks / 2}`] : []));
  return `${(bavail * bsize) / 1024} KiB free; KiB of ${files.join(', ')}`;
}

/** What a small disk needs of the log: short segments, so that space comes back while the server runs. */
const LIMITS = {
  engine: {
    segmentBytes: 4 * MIB,
    recordBytes: MIB,
    walBytes: MIB,
    checkpointBytes: MIB,
    checkpointPauseMs: 200,
    housekeepingMs: 200,
  },
  jobRestMs: 200,
  readersDrainMs: 0,
};

function start({ dataDir, options }: Place): Promise<ServerProcess> {
  return startServerProcess({
    dataDir,
    args: options,
    env: { STOWAGE_DEBUG: '1', STOWAGE_DEBUG_LIMITS: JSON.stringify(LIMITS) },
  });
}

async function fill(server: ServerProcess, layout: Layout, ledger: Ledger, random: () => number): Promise<void> {
  const serial = ledger.keys.length;
  const runs = Array.from({ length: CLIENTS }, (_, index) =>
    fillAs(server, layout, ledger, {
      prefix: `c${index}-${serial}`,
      random: seededRandom(Math.floor(random() * 2 ** 31)),
    }),
  );
  await Promise.all(runs);
}

async function fillAs(
  server: ServerProcess,
  { sizes }: Layout,
  ledger: Ledger,
  { prefix, random }: { readonly prefix: string; random(): number },
): Promise<void> {
  const client = new LeanClient(server.s3Url, TEST_ROOT_CREDENTIALS);
  let refused = 0;
  for (let number = 0; refused < REFUSALS; number += 1) {
    const key = `${prefix}-${number}`;
    const sizeBytes = sizes[Math.floor(random() * sizes.length)] ?? 0;
    ledger.begin(key, { kind: 'object', seed: key, sizeBytes });
    const answer = await client.request({
      method: 'PUT',
      path: `/${BUCKET}/${key}`,
      body: seededBytes(key, sizeBytes),
    });
    if (answer.status === 200) {
      ledger.acknowledge(key);
      refused = 0;
      continue;
    }
    assert.equal(answer.status, 507, answer.body.toString());
    ledger.refuse(key);
    refused += 1;
  }
  client.close();
}

/**
 * Deletes are what helps: the first ones go through, full as the disk is. A delete takes a little room itself before it gives
 * any back, so of thousands some may have to wait until the collector has caught up; none for longer than that.
 */
async function deleteMost(server: ServerProcess, ledger: Ledger, random: () => number): Promise<void> {
  const client = new LeanClient(server.s3Url, TEST_ROOT_CREDENTIALS);
  const doomed = ledger.keys.filter((key) => ledger.state(key).kind === 'object' && random() < 0.9);
  const atOnce = doomed.splice(0, AT_ONCE);
  for (const key of atOnce) {
    ledger.begin(key, ABSENT);
    const answer = await client.request({ method: 'DELETE', path: `/${BUCKET}/${key}` });
    assert.equal(answer.status, 204, answer.body.toString());
    ledger.acknowledge(key);
  }
  while (doomed.length > 0) await deleteTogether(client, doomed.splice(0, TOGETHER), ledger);
  client.close();
}

async function deleteTogether(client: LeanClient, keys: readonly string[], ledger: Ledger): Promise<void> {
  const objects = keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('');
  const body = Buffer.from(`<Delete><Quiet>true</Quiet>${objects}</Delete>`);
  const amzHeaders = { 'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64') };
  const request = { method: 'POST', path: `/${BUCKET}`, query: 'delete=', body, amzHeaders };
  for (const key of keys) ledger.begin(key, ABSENT);
  const answer = await untilRoom(client, request);
  assert.equal(answer.status, 200, answer.body.toString());
  assert.ok(!answer.body.includes('<Error>'), answer.body.toString());
  for (const key of keys) ledger.acknowledge(key);
}

/** Tries again while the disk is full, for so long as it may take until space is back. */
async function untilRoom(client: LeanClient, request: LeanRequest): Promise<LeanAnswer> {
  const deadline = performance.now() + RECOVERY_MS;
  for (;;) {
    const answer = await client.request(request);
    if (answer.status !== 507 || performance.now() > deadline) return answer;
    await sleep(100);
  }
}

async function expectWritesAgain(server: ServerProcess, { sizes }: Layout, ledger: Ledger): Promise<void> {
  const client = new LeanClient(server.s3Url, TEST_ROOT_CREDENTIALS);
  for (const sizeBytes of sizes) {
    const key = `again-${sizeBytes}`;
    ledger.begin(key, { kind: 'object', seed: key, sizeBytes });
    const request = { method: 'PUT', path: `/${BUCKET}/${key}`, body: seededBytes(key, sizeBytes) };
    const answer = await untilRoom(client, request);
    assert.equal(answer.status, 200, `${sizeBytes} bytes: ${answer.body.toString()}`);
    ledger.acknowledge(key);
  }
  client.close();
}

async function request(server: ServerProcess, method: string, path: string, status: number): Promise<void> {
  const client = new LeanClient(server.s3Url, TEST_ROOT_CREDENTIALS);
  const answer = await client.request({ method, path });
  assert.equal(answer.status, status, answer.body.toString());
  client.close();
}

async function expectNoComplaints(server: ServerProcess, ledger: Ledger): Promise<void> {
  const client = new LeanClient(server.s3Url, TEST_ROOT_CREDENTIALS);
  assert.deepEqual(await verifyBucket(client, BUCKET, ledger), []);
  client.close();
}
