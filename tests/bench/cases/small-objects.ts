import { makeBodies, pick } from '../load/bodies.ts';
import type { S3Requests } from '../load/s3-requests.ts';
import type { ServerUnderTest } from '../server/server-under-test.ts';
import { atLeast, atLeastRatio, atMostDerived } from '../targets.ts';
import type { BenchCase, CaseContext, Verdict } from './bench-case.ts';
import { fill, loadMeasurement, measureLoad } from './measure-load.ts';

const SIZE_BYTES = 4096;
const CONNECTIONS = [1, 16, 64];
const READ_KEYS = 10_000;
/** A DELETE case ends when its keys do; so many are there for each second. */
const DELETES_PER_SECOND = 6_000;
const bodies = makeBodies(SIZE_BYTES, 32);

const body = (index: number) => pick(bodies, index);

/** 4 KiB PUT, GET, HEAD and DELETE at 1, 16 and 64 connections. */
export const smallObjects: BenchCase = {
  names: [
    ...['PUT', 'GET', 'HEAD', 'DELETE'].flatMap((method) => CONNECTIONS.map((count) => nameOf(method, count))),
    'PUT 4 KiB signed x64',
  ],
  run: async (context, wanted) => {
    const { server, bucket } = await context.shared();
    for (const count of CONNECTIONS) if (wanted(nameOf('PUT', count))) await put(context, server, bucket, count);
    if (wanted('PUT 4 KiB signed x64')) await putSigned(context, server, bucket);
    const reads = CONNECTIONS.filter((count) => wanted(nameOf('GET', count)) || wanted(nameOf('HEAD', count)));
    if (reads.length > 0) await fill(server, READ_KEYS, (index) => server.s3.put(bucket, `read/${index}`, body(index)));
    for (const count of CONNECTIONS) if (wanted(nameOf('GET', count))) await get(context, server, bucket, count);
    for (const count of CONNECTIONS) if (wanted(nameOf('HEAD', count))) await head(context, server, bucket, count);
    for (const count of CONNECTIONS) if (wanted(nameOf('DELETE', count))) await remove(context, server, bucket, count);
  },
};

function nameOf(method: string, connections: number): string {
  return `${method} 4 KiB x${connections}`;
}

async function put(context: CaseContext, server: ServerUnderTest, bucket: string, connections: number) {
  const bare = await context.limits.barePut4KiB(connections);
  const sync = connections === 1 ? await context.limits.appendSync() : undefined;
  let index = 0;
  const next = () => {
    index += 1;
    return server.s3.put(bucket, `put-${connections}/${index}`, body(index), { payload: context.options.payload });
  };
  const result = await measureLoad(context, server, { connections, bodyBytes: 0, next });
  const measured = loadMeasurement(nameOf('PUT', connections), connections, 'op/s', result);
  const verdicts: Verdict[] = [];
  if (sync !== undefined) {
    const limit = 2 * sync.p50Ms + 0.6;
    verdicts.push(atMostDerived('p50 ms <= 2 x append+fdatasync + 0.6 ms', measured.p50Ms ?? 0, limit));
  }
  if (connections === 64) {
    verdicts.push(atLeastRatio('>= 0.5 x bare node:http that group-syncs', measured.value, bare.perSecond, 0.5));
    verdicts.push(atLeast('>= 12,000/s', measured.value, 12_000));
  }
  const ratio = `${(measured.value / bare.perSecond).toFixed(2)} x bare node:http that group-syncs`;
  context.report({ ...measured, verdicts, notes: connections === 64 ? [] : [ratio] });
}

async function putSigned(context: CaseContext, server: ServerUnderTest, bucket: string) {
  let index = 0;
  const next = () => {
    index += 1;
    return server.s3.put(bucket, `put-signed/${index}`, body(index), { payload: 'signed' });
  };
  const result = await measureLoad(context, server, { connections: 64, bodyBytes: 0, next });
  context.report(loadMeasurement('PUT 4 KiB signed x64', 64, 'op/s', result));
}

async function get(context: CaseContext, server: ServerUnderTest, bucket: string, connections: number) {
  const bare = await context.limits.bareGet4KiB(connections);
  const next = readNext((index) => server.s3.get(bucket, `read/${index}`, SIZE_BYTES, body(index)));
  const result = await measureLoad(context, server, { connections, bodyBytes: SIZE_BYTES, next });
  const measured = loadMeasurement(nameOf('GET', connections), connections, 'op/s', result);
  if (connections !== 64) {
    const ratio = `${(measured.value / bare.perSecond).toFixed(2)} x bare node:http`;
    context.report({ ...measured, notes: [ratio] });
    return;
  }
  const verdicts = [
    atLeastRatio('>= 0.35 x bare node:http', measured.value, bare.perSecond, 0.35),
    atLeast('>= 18,000/s', measured.value, 18_000),
  ];
  context.report({ ...measured, verdicts });
}

async function head(context: CaseContext, server: ServerUnderTest, bucket: string, connections: number) {
  const next = readNext((index) => server.s3.head(bucket, `read/${index}`, body(index)));
  const result = await measureLoad(context, server, { connections, bodyBytes: 0, next });
  context.report(loadMeasurement(nameOf('HEAD', connections), connections, 'op/s', result));
}

async function remove(context: CaseContext, server: ServerUnderTest, bucket: string, connections: number) {
  const share = connections === 1 ? 0.5 : 2;
  const perSecond = DELETES_PER_SECOND * share;
  const count = Math.ceil(perSecond * context.options.seconds);
  const key = (index: number) => `delete-${connections}/${index}`;
  await fill(server, count, (index) => server.s3.put(bucket, key(index), body(index)));
  let index = 0;
  const next = () => (index < count ? server.s3.delete(bucket, key(index++)) : undefined);
  const result = await measureLoad(context, server, { connections, bodyBytes: 0, finite: true, next });
  const gone = await stillThere(server.s3, bucket, key(0));
  context.report({
    ...loadMeasurement(nameOf('DELETE', connections), connections, 'op/s', result),
    ...(gone === undefined ? {} : { problems: [gone], problemCount: 1 }),
  });
}

/** Spreads reads over the keys in an order that no cache of the last few can serve. */
function readNext<T>(step: (index: number) => T): () => T {
  let index = 0;
  return () => {
    index = (index + 7919) % READ_KEYS;
    return step(index);
  };
}

async function stillThere(s3: S3Requests, bucket: string, key: string): Promise<string | undefined> {
  try {
    const step = s3.get(bucket, key, 0);
    await s3.call({ request: step.request, bytes: 0, status: 404 });
    return undefined;
  } catch (error) {
    return `a deleted object answered: ${error instanceof Error ? error.message : String(error)}`;
  }
}
