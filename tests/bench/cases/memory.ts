import { statfsSync } from 'node:fs';
import { makeBodies, pick } from '../load/bodies.ts';
import { readProcessFacts } from '../server/process-facts.ts';
import type { ServerUnderTest } from '../server/server-under-test.ts';
import { atMost } from '../targets.ts';
import type { BenchCase, CaseContext } from './bench-case.ts';
import { loadMeasurement, measureLoad } from './measure-load.ts';

const MIB = 1024 * 1024;
const PIECE_BYTES = 4 * MIB;
const UPLOADS = 64;
const SETTLE_MS = 3_000;
const IDLE = 'memory, idle';
const LOADED = 'memory, 64 large uploads';

/** Resident memory of a fresh server: idle, and its highest while 64 large bodies arrive at once. */
export const memory: BenchCase = {
  names: [IDLE, LOADED],
  ownServerOnly: true,
  run: async (context, wanted) => {
    const { server, bucket } = await context.fresh();
    try {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      const facts = server.own === undefined ? undefined : readProcessFacts(server.own.pid());
      if (facts === undefined) return context.say('no /proc here: memory is not measured');
      const idle = facts.rssBytes / MIB;
      if (wanted(IDLE)) {
        context.report({ name: IDLE, value: idle, unit: 'MiB', verdicts: [atMost('<= 150 MiB', idle, 150)] });
      }
      if (wanted(LOADED)) await loaded(context, server, bucket);
    } finally {
      await server.dispose();
    }
  },
};

async function loaded(context: CaseContext, server: ServerUnderTest, bucket: string): Promise<void> {
  const times = uploadBytes(context) / PIECE_BYTES;
  const body = pick(makeBodies(PIECE_BYTES, 1), 0);
  context.say(`sending ${UPLOADS} bodies of ${(times * PIECE_BYTES) / MIB} MiB`);
  let index = 0;
  const next = () =>
    index < UPLOADS ? server.s3.put(bucket, `memory/${index++}`, body, { times, etag: 'any' }) : undefined;
  const load = { connections: UPLOADS, bodyBytes: 0, seconds: Number.POSITIVE_INFINITY, finite: true, next };
  const result = await measureLoad(context, server, load);
  const measured = loadMeasurement(LOADED, UPLOADS, 'MB/s', result);
  const sizeMib = (times * PIECE_BYTES) / MIB;
  const full = sizeMib === 1024;
  const peak = (result.server?.peakRssBytes ?? Number.NaN) / MIB;
  context.report({
    ...measured,
    value: peak,
    unit: 'MiB',
    verdicts: full ? [atMost('<= 400 MiB', peak, 400)] : [],
    notJudged: full ? undefined : `each upload has ${sizeMib} MiB, not 1 GiB`,
    notes: [`each ${sizeMib} MiB, ${measured.value.toFixed(0)} MB/s together`],
  });
}

/** 1 GiB each, or the largest power of two that fits the disk with room to spare. */
function uploadBytes(context: CaseContext): number {
  const { folder, quick } = context.options;
  const { bavail, bsize } = statfsSync(folder);
  let sizeBytes = (quick ? 32 : 1024) * MIB;
  while (sizeBytes > PIECE_BYTES && sizeBytes * UPLOADS * 1.25 > bavail * bsize) sizeBytes /= 2;
  return sizeBytes;
}
