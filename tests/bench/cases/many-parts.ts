import { makeBodies, pick } from '../load/bodies.ts';
import { completeUpload, copyParts, createUpload } from '../load/multipart.ts';
import { readProcessFacts } from '../server/process-facts.ts';
import { atMost } from '../targets.ts';
import type { BenchCase } from './bench-case.ts';

const PART_BYTES = 5 * 1024 * 1024;
const NAME = 'complete many parts';

/**
 * CompleteMultipartUpload of 10,000 parts. The parts are UploadPartCopy of one object of the smallest allowed part size,
 * so that a server which copies no bytes needs no 50 GiB; others would, so it runs against ours only.
 */
export const manyParts: BenchCase = {
  names: [NAME],
  ownServerOnly: true,
  run: async (context) => {
    const { server, bucket } = await context.shared();
    const { s3 } = server;
    const count = context.options.quick ? 1_000 : 10_000;
    const source = pick(makeBodies(PART_BYTES, 1), 0);
    await s3.call(s3.put(bucket, 'parts-source', source));
    const key = 'many-parts';
    const uploadId = await createUpload(s3, bucket, key);
    const plan = { bucket, key, uploadId, count, connections: 16 };
    context.say(`copying ${count} parts`);
    const parts = await copyParts(s3, plan, 'parts-source');
    const pid = server.own?.pid();
    const written = (): number => (pid === undefined ? undefined : readProcessFacts(pid)?.writtenBytes) ?? 0;
    const before = written();
    const elapsedMs = await completeUpload(s3, plan, parts);
    const megabytes = (written() - before) / 1e6;
    const last = PART_BYTES - 4096;
    const offset = PART_BYTES * (count - 1) + last;
    await s3.call(s3.getRange(bucket, key, offset, source.bytes.subarray(last), ''));
    context.report({
      name: NAME,
      value: elapsedMs,
      unit: 'ms',
      verdicts: count === 10_000 ? [atMost('<= 300 ms', elapsedMs, 300)] : [],
      notJudged: count === 10_000 ? undefined : `${count} parts, not 10,000`,
      notes: [`${count} parts; ${megabytes.toFixed(1)} MB written to disk meanwhile`],
    });
  },
};
