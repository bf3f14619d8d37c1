import { makeBodies, pick } from '../load/bodies.ts';
import { completeUpload, createUpload, uploadParts } from '../load/multipart.ts';
import { watchProcess } from '../server/process-facts.ts';
import type { ServerUnderTest } from '../server/server-under-test.ts';
import { atLeast, atLeastRatio } from '../targets.ts';
import type { BenchCase, CaseContext } from './bench-case.ts';
import { fill, loadMeasurement, measureLoad } from './measure-load.ts';

const MIB = 1024 * 1024;
const SIZE_BYTES = 64 * MIB;
const CONNECTIONS = 4;
const KEYS = 8;
/** Keys are written again and again: each round frees what the last one stored. */
const PUT_KEYS = 16;
const PART_BYTES = 16 * MIB;

const PUT = 'PUT 64 MiB x4';
const GET = 'GET 64 MiB x4';
const MULTIPART = 'multipart upload x4';

/** Large bodies: single PUT and GET of 64 MiB, and one upload of 1 GiB in parts of 16 MiB. */
export const largeObjects: BenchCase = {
  names: [PUT, GET, MULTIPART],
  run: async (context, wanted) => {
    const { server, bucket } = await context.shared();
    if (wanted(PUT)) await put(context, server, bucket);
    if (wanted(GET)) await get(context, server, bucket);
    if (wanted(MULTIPART)) await multipart(context, server, bucket);
  },
};

async function put(context: CaseContext, server: ServerUnderTest, bucket: string) {
  const bodies = makeBodies(SIZE_BYTES, 2);
  const limit = Math.min(await context.limits.md5(), await context.limits.diskWrite());
  let index = 0;
  const next = () => {
    index += 1;
    const payload = context.options.payload;
    return server.s3.put(bucket, `large-put/${index % PUT_KEYS}`, pick(bodies, index), { payload });
  };
  const result = await measureLoad(context, server, { connections: CONNECTIONS, bodyBytes: 0, next });
  const measured = loadMeasurement(PUT, CONNECTIONS, 'MB/s', result);
  const verdict = atLeastRatio('>= 0.8 x min(MD5 of a core, disk)', measured.value, limit, 0.8);
  context.report({ ...measured, verdicts: [verdict] });
}

async function get(context: CaseContext, server: ServerUnderTest, bucket: string) {
  const bodies = makeBodies(SIZE_BYTES, 2);
  await fill(server, KEYS, (index) => server.s3.put(bucket, `large/${index}`, pick(bodies, index)));
  const bare = await context.limits.bareFile64MiB(CONNECTIONS);
  let turn = 0;
  const next = () => {
    turn += 1;
    const index = turn % KEYS;
    // One in seven is compared byte by byte; more would measure the comparison.
    const expected = turn % 7 === 0 ? pick(bodies, index) : undefined;
    return server.s3.get(bucket, `large/${index}`, SIZE_BYTES, expected);
  };
  const result = await measureLoad(context, server, { connections: CONNECTIONS, bodyBytes: SIZE_BYTES, next });
  const measured = loadMeasurement(GET, CONNECTIONS, 'MB/s', result);
  const verdicts = [
    atLeastRatio('>= 0.7 x bare node:http sending the file', measured.value, bare.perSecond, 0.7),
    atLeast('>= 2,000 MB/s from page cache', measured.value, 2000),
  ];
  context.report({ ...measured, verdicts });
}

async function multipart(context: CaseContext, server: ServerUnderTest, bucket: string) {
  const body = pick(makeBodies(PART_BYTES, 1), 0);
  const sizeBytes = (context.options.quick ? 256 : 1024) * MIB;
  const plan = { bucket, key: 'multipart', count: sizeBytes / PART_BYTES, connections: CONNECTIONS };
  const watch = watchProcess(server.own?.pid());
  const begun = performance.now();
  const uploadId = await createUpload(server.s3, bucket, plan.key);
  const result = await uploadParts(server.s3, { ...plan, uploadId }, body);
  const parts = Array.from({ length: plan.count }, (_, index) => ({ number: index + 1, etag: body.md5 }));
  const completeMs = await completeUpload(server.s3, { ...plan, uploadId }, parts);
  const seconds = (performance.now() - begun) / 1000;
  await server.s3.call(server.s3.getRange(bucket, plan.key, sizeBytes - PART_BYTES, body.bytes, ''));
  context.report({
    ...loadMeasurement(MULTIPART, CONNECTIONS, 'MB/s', { ...result, server: watch.end(), otherCores: undefined }),
    value: sizeBytes / 1e6 / seconds,
    notes: [
      `${sizeBytes / MIB} MiB in ${seconds.toFixed(2)} s, complete ${completeMs.toFixed(0)} ms; p50, p99 of parts`,
    ],
  });
}
