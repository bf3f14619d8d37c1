import { makeBodies, pick } from '../load/bodies.ts';
import { type LoadStep, runLoad } from '../load/run-load.ts';
import type { OwnServer, ServerUnderTest } from '../server/server-under-test.ts';
import { atMost } from '../targets.ts';
import type { BenchCase, CaseContext, Verdict } from './bench-case.ts';
import { fill, loadMeasurement, measureLoad } from './measure-load.ts';

const PREFIXES = 1_000;
const PAGE = 1_000;
const TARGET_KEYS = 1_000_000;
const STARTS = 3;
const bodies = makeBodies(16, 8);

const FLAT = 'LIST 1,000 keys x1';
const DELIMITED = 'LIST 1,000 common prefixes x1';
const FLAT_MANY = 'LIST 1,000 keys x8';
const START_CLEAN = 'start, clean';
const START_KILLED = 'start after kill -9';

/** A bucket of many keys in 1,000 prefixes: pages of it, and how long a server that holds it takes to start. */
export const manyKeys: BenchCase = {
  names: [FLAT, DELIMITED, FLAT_MANY, START_CLEAN, START_KILLED],
  run: async (context, wanted) => {
    const { server, bucket } = await context.fresh();
    try {
      const perPrefix = Math.max(1, Math.round(context.options.keys / PREFIXES));
      context.say(`storing ${PREFIXES * perPrefix} keys`);
      const begun = performance.now();
      await fill(server, PREFIXES * perPrefix, (index) =>
        server.s3.put(bucket, keyAt(index % PREFIXES, Math.floor(index / PREFIXES)), pick(bodies, index)),
      );
      context.say(`stored after ${((performance.now() - begun) / 1000).toFixed(0)} s`);
      const list = (name: string, connections: number, limitMs: number | undefined, step: () => LoadStep) =>
        wanted(name) ? listing(context, server, { name, connections, limitMs, step }) : undefined;
      await list(FLAT, 1, 8, flatPages(server, bucket, perPrefix));
      await list(DELIMITED, 1, 15, () =>
        server.s3.list(bucket, 'delimiter=%2F&list-type=2', 'CommonPrefixes', PREFIXES),
      );
      await list(FLAT_MANY, 8, undefined, flatPages(server, bucket, perPrefix));
      if (wanted(START_CLEAN)) await start(context, server, bucket, START_CLEAN, 1.5);
      if (wanted(START_KILLED)) await start(context, server, bucket, START_KILLED, 3);
    } finally {
      await server.dispose();
    }
  },
};

function keyAt(prefix: number, index: number): string {
  return `p${String(prefix).padStart(4, '0')}/k${String(index).padStart(6, '0')}`;
}

/** Pages that begin all over the bucket, none near enough to its end to be short. */
function flatPages(server: ServerUnderTest, bucket: string, perPrefix: number): () => LoadStep {
  const fullStarts = PREFIXES - Math.ceil(PAGE / perPrefix) - 1;
  let turn = 0;
  return () => {
    turn += 1;
    const after = encodeURIComponent(keyAt((turn * 389) % fullStarts, Math.floor(perPrefix / 2)));
    return server.s3.list(bucket, `list-type=2&start-after=${after}`, 'Contents', PAGE);
  };
}

interface Listing {
  readonly name: string;
  readonly connections: number;
  readonly limitMs: number | undefined;
  readonly step: () => LoadStep;
}

async function listing(context: CaseContext, server: ServerUnderTest, list: Listing): Promise<void> {
  const load = { connections: list.connections, bodyBytes: 512 * 1024, next: list.step };
  const measured = loadMeasurement(list.name, list.connections, 'op/s', await measureLoad(context, server, load));
  const p50Ms = measured.p50Ms ?? 0;
  const notJudged = list.limitMs === undefined ? undefined : tooFewKeys(context);
  const verdicts: Verdict[] =
    list.limitMs === undefined || notJudged !== undefined
      ? []
      : [atMost(`p50 <= ${list.limitMs} ms`, p50Ms, list.limitMs)];
  const entries = `${Math.round(measured.value * PAGE).toLocaleString('en')} entries/s of ${context.options.keys} keys`;
  context.report({ ...measured, verdicts, notJudged, notes: [entries] });
}

/**
 * Restarts the server several times: one start says little. A kill comes in the middle of writing, and still leaves
 * almost nothing to replay, because what SQLite committed is in the page cache: a power cut is another matter.
 */
async function start(context: CaseContext, server: ServerUnderTest, bucket: string, name: string, limit: number) {
  const { own } = server;
  if (own === undefined) return;
  const starts: number[] = [];
  const replayed: (number | undefined)[] = [];
  for (let turn = 0; turn < STARTS; turn += 1) {
    starts.push(name === START_KILLED ? await killWhileWriting(server, own, bucket) : await own.restart('clean'));
    replayed.push(own.replayedRecords());
    await server.s3.call(server.s3.get(bucket, keyAt(0, 0), 16, pick(bodies, 0)));
    const prefixes = 'delimiter=%2F&list-type=2&prefix=p';
    await server.s3.call(server.s3.list(bucket, prefixes, 'CommonPrefixes', PREFIXES));
  }
  const median = starts.toSorted((left, right) => left - right)[Math.floor(STARTS / 2)] ?? Number.NaN;
  const all = starts.map((each) => each.toFixed(2)).join(', ');
  context.report({
    name,
    value: median,
    unit: 's',
    verdicts: tooFewKeys(context) === undefined ? [atMost(`<= ${limit} s with 1 M objects`, median, limit)] : [],
    notJudged: tooFewKeys(context),
    notes: [
      `spawn to ready line, ${context.options.keys} keys; median of ${all}`,
      `records replayed: ${replayed.map((each) => each ?? 'unknown').join(', ')}`,
    ],
  });
}

async function killWhileWriting(server: ServerUnderTest, own: OwnServer, bucket: string): Promise<number> {
  const writing = keepWriting(server, bucket, 2);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const seconds = await own.restart('killed');
  await writing;
  return seconds;
}

function tooFewKeys(context: CaseContext): string | undefined {
  return context.options.keys >= TARGET_KEYS ? undefined : `${context.options.keys} keys, not 1 M`;
}

/** Writes until the server dies under it. Its problems are the point of the exercise. */
async function keepWriting(server: ServerUnderTest, bucket: string, seconds: number): Promise<void> {
  const { s3 } = server;
  let index = 0;
  await runLoad({
    target: s3.target,
    connections: 16,
    seconds,
    warmupSeconds: 0,
    next: () => s3.put(bucket, `z/${index++}`, pick(bodies, index)),
  });
}
