import { type Body, makeBodies, pick } from '../load/bodies.ts';
import { completeUpload, copyParts, createUpload } from '../load/multipart.ts';
import type { ServerUnderTest } from '../server/server-under-test.ts';
import { atMostDerived } from '../targets.ts';
import type { BenchCase, CaseContext } from './bench-case.ts';
import { loadMeasurement, measureLoad } from './measure-load.ts';

const MIB = 1024 * 1024;
const PIECE_BYTES = 64 * MIB;
const RANGE_BYTES = 64 * 1024;
const PLAIN = 'range 64 KiB, plain x1';
const ENCRYPTED = 'range 64 KiB, encrypted x1';
const SSE = { 'x-amz-server-side-encryption': 'AES256' };

/**
 * Time to first byte of 64 KiB inside a large object, plain against encrypted, in turns on one connection so that both
 * see the same noise. The large object is made by UploadPartCopy of one 64 MiB source.
 */
export const ranges: BenchCase = {
  names: [PLAIN, ENCRYPTED],
  run: async (context) => {
    const { server, bucket } = await context.shared();
    const count = ((context.options.quick ? 1 : 10) * 1024 * MIB) / PIECE_BYTES;
    const source = pick(makeBodies(PIECE_BYTES, 1), 0);
    context.say(`making two objects of ${(count * PIECE_BYTES) / 1024 / MIB} GiB by UploadPartCopy`);
    await makeLarge(server, bucket, 'plain', source, count, {});
    await makeLarge(server, bucket, 'encrypted', source, count, SSE);
    await measure(context, server, bucket, source, count);
  },
};

async function makeLarge(
  server: ServerUnderTest,
  bucket: string,
  name: string,
  source: Body,
  count: number,
  amzHeaders: Readonly<Record<string, string>>,
): Promise<void> {
  const { s3 } = server;
  const key = `ranges/${name}`;
  await s3.call(s3.put(bucket, `${key}-source`, source, { amzHeaders, etag: 'any' }));
  const uploadId = await createUpload(s3, bucket, key, amzHeaders);
  const plan = { bucket, key, uploadId, count, connections: 4 };
  await completeUpload(s3, plan, await copyParts(s3, plan, `${key}-source`));
}

async function measure(context: CaseContext, server: ServerUnderTest, bucket: string, source: Body, count: number) {
  let turn = 0;
  const positions = (count * PIECE_BYTES) / RANGE_BYTES;
  const next = () => {
    turn += 1;
    const offset = ((Math.floor(turn / 2) * 104_729) % positions) * RANGE_BYTES;
    const within = offset % PIECE_BYTES;
    const series = turn % 2 === 0 ? PLAIN : ENCRYPTED;
    const key = series === PLAIN ? 'ranges/plain' : 'ranges/encrypted';
    return server.s3.getRange(bucket, key, offset, source.bytes.subarray(within, within + RANGE_BYTES), series);
  };
  const result = await measureLoad(context, server, { connections: 1, bodyBytes: RANGE_BYTES, next });
  const p50 = (series: string): number => result.latencies.get(series)?.percentile(0.5) ?? 0;
  for (const series of [PLAIN, ENCRYPTED]) {
    const limit = p50(PLAIN) * 1.05;
    const verdict = atMostDerived('p50 to first byte <= 1.05 x plain (ms)', p50(ENCRYPTED), limit);
    const gibibytes = (count * PIECE_BYTES) / 1024 / MIB;
    const judged = series === ENCRYPTED && gibibytes === 10;
    context.report({
      ...loadMeasurement(series, 1, 'op/s', result),
      value: p50(series),
      unit: 'ms',
      operations: result.latencies.get(series)?.count ?? 0,
      p50Ms: p50(series),
      p99Ms: result.latencies.get(series)?.percentile(0.99) ?? 0,
      verdicts: judged ? [verdict] : [],
      notJudged: series === PLAIN || judged ? undefined : `the object has ${gibibytes} GiB, not 10`,
      notes: [`time to first byte inside ${gibibytes} GiB`],
    });
  }
}
