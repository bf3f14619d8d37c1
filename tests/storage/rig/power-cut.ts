import { setTimeout as sleep } from 'node:timers/promises';
import { LeanClient } from '../../support/lean-client.ts';
import { seededRandom } from '../../support/seeded.ts';
import { Ledger } from '../../support/workload/ledger.ts';
import { verifyBucket } from '../../support/workload/verify.ts';
import { type Action, UnexpectedAnswer, Writer } from '../../support/workload/writer.ts';
import { freeze, untilQuiet } from './freeze.ts';
import { PowerDisk } from './power-disk.ts';
import type { FileSystem } from './rig-probe.ts';
import { RIG_CREDENTIALS, type RigServer, type RigSubject } from './rig-servers.ts';

const BUCKET = 'power-cut';
const WRITERS = 16;
const KEYS_PER_WRITER = 8;
const KIB = 1024;
/** Most writers send what shares a sync; every fourth also what has chunk files and several requests of its own. */
const SMALL_SIZES = [0, 1, 100, 4 * KIB, 4 * KIB, 4 * KIB, 30 * KIB];
const ALL_SIZES = [...SMALL_SIZES, 100 * KIB, 700 * KIB, 1500 * KIB];
const SMALL_ACTIONS: readonly Action[] = ['put', 'put', 'put', 'delete', 'copy'];
const MIN_LOAD_MS = 400;
const SPREAD_LOAD_MS = 1_600;

export interface CutPlan {
  readonly subject: RigSubject;
  readonly fileSystem: FileSystem;
  readonly cuts: number;
  readonly seed: number;
  /** What the writers do; all they can when absent. */
  readonly actions?: readonly Action[];
  /** End at the first cut that lost something: enough for a control that must lose. */
  readonly untilLoss?: boolean;
}

export interface CutReport {
  readonly cuts: number;
  readonly acknowledged: number;
  /** Lost, corrupt or reappeared keys, or a server that did not start again. */
  readonly complaints: readonly string[];
}

/**
 * Cuts the power of one disk again and again under sixteen writers, and after each cut holds what the recovered server
 * shows against what was answered. The next cut goes on with the same disk. Nothing stays behind, whatever happens.
 */
export async function cutPowerRepeatedly(plan: CutPlan): Promise<CutReport> {
  const random = seededRandom(plan.seed);
  const ledger = new Ledger();
  const complaints: string[] = [];
  const disk = await PowerDisk.create(plan.fileSystem);
  let cuts = 0;
  try {
    while (cuts < plan.cuts && complaints.length === 0) {
      cuts += 1;
      await loadUntilCut(plan, disk, ledger, random);
      complaints.push(...(await recover(plan, disk, ledger)));
      if (complaints.length > 0 && plan.untilLoss !== true) break;
    }
  } finally {
    await disk.dispose();
  }
  return { cuts, acknowledged: ledger.acknowledgedWrites, complaints };
}

async function loadUntilCut(plan: CutPlan, disk: PowerDisk, ledger: Ledger, random: () => number): Promise<void> {
  await disk.plugIn();
  const server = await plan.subject.start(disk.folder);
  try {
    await createBucket(server);
    // What stands before the load began is not what this cut is about.
    await disk.sync();
    const { writers, clients, runs } = startWriters(plan, server, ledger, random);
    await sleep(MIN_LOAD_MS + random() * SPREAD_LOAD_MS);
    // Nothing may run between the two: what was answered left before the power did, what was not synced by then is gone.
    freeze(server.pid);
    const off = disk.cutPower();
    // The answers still on the wire count.
    await untilQuiet(() => ledger.acknowledgedWrites);
    await off;
    for (const writer of writers) writer.stopped = true;
    await server.kill();
    for (const client of clients) client.close();
    await runs;
  } finally {
    await server.kill();
    await disk.unplug();
  }
}

/** Powers the disk up, starts the server on what is left and compares. */
async function recover(plan: CutPlan, disk: PowerDisk, ledger: Ledger): Promise<string[]> {
  await disk.mountRaw();
  try {
    const server = await startAgain(plan.subject, disk.folder);
    if (typeof server === 'string') return [server];
    try {
      const client = new LeanClient(server.url, RIG_CREDENTIALS);
      const complaints = await verifyBucket(client, BUCKET, ledger);
      client.close();
      await server.stop();
      return [...complaints, ...(await plan.subject.check(disk.folder))];
    } finally {
      await server.kill();
    }
  } finally {
    await disk.unplug();
  }
}

async function startAgain(subject: RigSubject, folder: string): Promise<RigServer | string> {
  try {
    return await subject.start(folder);
  } catch (error) {
    return `did not start after the cut: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function startWriters(plan: CutPlan, server: RigServer, ledger: Ledger, random: () => number) {
  const clients = Array.from({ length: WRITERS }, () => new LeanClient(server.url, RIG_CREDENTIALS));
  const writers = clients.map(
    (client, index) =>
      new Writer({
        client,
        bucket: BUCKET,
        ledger,
        random: seededRandom(Math.floor(random() * 2 ** 31)),
        prefix: `w${index}/`,
        keyCount: KEYS_PER_WRITER,
        ...(index % 4 === 0 ? { sizes: ALL_SIZES } : { sizes: SMALL_SIZES, actions: SMALL_ACTIONS }),
        ...(plan.actions === undefined ? {} : { actions: plan.actions }),
      }),
  );
  const failures: unknown[] = [];
  const runs = Promise.all(
    writers.map((writer) =>
      writer.run().catch((error: unknown) => {
        // Judged once the cut is done: a rejection in the middle of it must not leave the disk mounted.
        failures.push(error);
      }),
    ),
  ).then(() => {
    const [failure] = failures;
    if (failure instanceof UnexpectedAnswer) throw failure;
  });
  return { writers, clients, runs };
}

async function createBucket(server: RigServer): Promise<void> {
  const client = new LeanClient(server.url, RIG_CREDENTIALS);
  const answer = await client.request({ method: 'PUT', path: `/${BUCKET}` });
  client.close();
  if (answer.status !== 200) throw new Error(`CreateBucket answered ${answer.status} ${answer.body.toString()}`);
}
