import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LeanClient } from '../../support/lean-client.ts';
import { expectCleanCheck } from '../../support/run-stowage.ts';
import { draw, seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import { TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { Ledger } from '../../support/workload/ledger.ts';
import { verifyBucket } from '../../support/workload/verify.ts';
import { Writer } from '../../support/workload/writer.ts';
import { OPERATION_POINTS, UPKEEP_POINTS } from './crash-point-names.ts';
import { CrashServer } from './crash-server.ts';

const BUCKET = 'upkeep';
const WRITERS = 4;
const COUNTS = testScale() > 1 ? [1, 2, 3, 5] : [1];
/** Steps of any commit that are attacked in a round, drawn at random. */
const ANY_COMMIT = testScale() > 1 ? OPERATION_POINTS.length : 4;
const KIB = 1024;
const PATIENCE_MS = 20_000;

/** What happens once a day in service happens many times a second: segments end, checkpoints come and go. */
const LIMITS = {
  engine: {
    segmentBytes: 1024 * KIB,
    recordBytes: 256 * KIB,
    walBytes: 512 * KIB,
    checkpointBytes: 128 * KIB,
    checkpointPauseMs: 100,
    housekeepingMs: 50,
  },
  tierSegmentBytes: 256 * KIB,
  jobRestMs: 50,
  readersDrainMs: 0,
};

for (const durability of ['strict', 'balanced'] as const) {
  /** DURABILITY D1: checkpoints, collection, compaction, released segments, SQLite's checkpoints, killed at each step. */
  test(`killed at any step of its upkeep, a server under load loses nothing (${durability})`, async (t) => {
    const seed = testSeed();
    t.diagnostic(`seed ${seed}`);
    const random = seededRandom(seed);
    const settings = { garbage: { graceSeconds: 0 } };
    const server = new CrashServer({ limits: LIMITS, settings, args: ['--durability', durability] });
    const ledger = new Ledger();
    try {
      await server.start();
      assert.equal((await server.client.request({ method: 'PUT', path: `/${BUCKET}` })).status, 200);
      for (const aim of aims(durability, random)) await killUnderLoad(server, ledger, aim, random);
      assert.equal(await server.stop(), 0);
      await expectCleanCheck(server.dataDir, [...server.disks, '--config', server.configFile]);
      t.diagnostic(`${server.deaths} deaths, ${ledger.acknowledgedWrites} acknowledged, 0 lost`);
    } finally {
      await server.remove();
    }
  });
}

interface Aim {
  readonly point: string;
  readonly count: number;
}

function aims(durability: 'strict' | 'balanced', random: () => number): Aim[] {
  const isBehind = (point: string): boolean => point === 'behind-synced';
  const upkeep = UPKEEP_POINTS.filter((point) => durability === 'balanced' || !isBehind(point));
  // In CI the second mode shows only what is its own.
  const shown = durability === 'strict' || testScale() > 1 ? upkeep : upkeep.filter(isBehind);
  return COUNTS.flatMap((count) => [
    ...shown.map((point) => ({ point, count })),
    // The steps of a commit again, this time of whichever: a client's, a copy of compaction, a collection.
    ...draw(OPERATION_POINTS, ANY_COMMIT, random).map((point) => ({ point, count: laterCount(random) })),
  ]);
}

function laterCount(random: () => number): number {
  return 5 + Math.floor(random() * 40);
}

/** Loads the server until it dies at the point; then everything that was answered must be there. */
async function killUnderLoad(
  server: CrashServer,
  ledger: Ledger,
  { point, count }: Aim,
  random: () => number,
): Promise<void> {
  const clients = Array.from({ length: WRITERS }, () => new LeanClient(server.url, TEST_ROOT_CREDENTIALS));
  const writers = clients.map(
    (client, index) =>
      new Writer({
        client,
        bucket: BUCKET,
        ledger,
        random: seededRandom(Math.floor(random() * 2 ** 31)),
        prefix: `w${index}/`,
        keyCount: 5,
        sizes: [0, 100, 4 * KIB, 30 * KIB, 60 * KIB, 200 * KIB, 1100 * KIB],
        amzHeaders: index % 2 === 0 ? {} : { 'x-amz-storage-class': 'STANDARD_IA' },
      }),
  );
  const runs = Promise.all(writers.map((writer) => writer.run()));
  server.arm(point, count);
  const died = await server.diesWithin(PATIENCE_MS);
  for (const writer of writers) writer.stopped = true;
  await runs;
  for (const client of clients) client.close();
  assert.ok(died, `${point}:${count} was not met under load`);
  await server.revive();
  assert.deepEqual(await verifyBucket(server.client, BUCKET, ledger), [], `${point}:${count}`);
}
