import { createHash } from 'node:crypto';
import { type Body, makeBodies, pick } from '../load/bodies.ts';
import type { LoadStep } from '../load/run-load.ts';
import { EMPTY_SHA256, UNSIGNED_PAYLOAD } from '../load/signer.ts';
import type { ServerUnderTest } from '../server/server-under-test.ts';
import { atLeastRatio, atMost } from '../targets.ts';
import type { BenchCase, CaseContext } from './bench-case.ts';
import { fill, loadMeasurement, measureLoad } from './measure-load.ts';

const SIZE_BYTES = 512 * 1024;
const RANGE_BYTES = 64 * 1024;
const CONNECTIONS = 64;
const KEYS = 512;
const BATCH = 1_000;
const BATCHES = 12;
const DAY_MS = 86_400_000;
const bodies = makeBodies(SIZE_BYTES, 16);
const small = makeBodies(16, 8);

const PUT = 'Veeam: PUT 512 KiB, locked, x64';
const READ = 'Veeam: HEAD and 64 KiB ranges x64';
const EXTEND = 'Veeam: PutObjectRetention x64';
const DELETE = 'Veeam: DeleteObjects of 1,000 keys x4';

/** What a backup repository with immutability sees: blocks with a lock, looks at them, bursts that extend locks, batches that delete. */
export const veeam: BenchCase = {
  names: [PUT, READ, EXTEND, DELETE],
  run: async (context, wanted) => {
    const { server, bucket: scratch } = await context.shared();
    const bucket = `${scratch}-locked`;
    await server.s3.call(
      server.s3.plain(200, {
        method: 'PUT',
        path: `/${bucket}`,
        payloadHash: EMPTY_SHA256,
        amzHeaders: { 'x-amz-bucket-object-lock-enabled': 'true' },
      }),
    );
    if (wanted(PUT)) await put(context, server, bucket);
    if (wanted(READ) || wanted(EXTEND))
      await fill(server, KEYS, (index) => locked(server, bucket, `block/${index}`, pick(bodies, index)));
    if (wanted(READ)) await read(context, server, bucket);
    if (wanted(EXTEND)) await extend(context, server, bucket);
    if (wanted(DELETE)) await remove(context, server, bucket);
  },
};

function locked(server: ServerUnderTest, bucket: string, key: string, body: Body): LoadStep {
  const amzHeaders = {
    'x-amz-checksum-sha256': Buffer.from(body.sha256, 'hex').toString('base64'),
    'x-amz-object-lock-mode': 'COMPLIANCE',
    'x-amz-object-lock-retain-until-date': new Date(Date.now() + DAY_MS).toISOString(),
  };
  return server.s3.put(bucket, key, body, { amzHeaders });
}

async function put(context: CaseContext, server: ServerUnderTest, bucket: string) {
  const limit = Math.min(await context.limits.md5(), await context.limits.diskWrite());
  let index = 0;
  const next = () => {
    index += 1;
    return locked(server, bucket, `put/${index}`, pick(bodies, index));
  };
  const result = await measureLoad(context, server, { connections: CONNECTIONS, bodyBytes: 0, next });
  const measured = loadMeasurement(PUT, CONNECTIONS, 'MB/s', result);
  const target = atLeastRatio('>= 0.5 x min(MD5 of a core, disk)', measured.value, limit, 0.5);
  context.report({ ...measured, verdicts: [target] });
}

async function read(context: CaseContext, server: ServerUnderTest, bucket: string) {
  let turn = 0;
  const next = (): LoadStep => {
    turn += 1;
    const index = (turn * 97) % KEYS;
    const body = pick(bodies, index);
    if (turn % 2 === 0) return { ...server.s3.head(bucket, `block/${index}`, body), series: 'head' };
    const offset = (turn * 4096) % (SIZE_BYTES - RANGE_BYTES);
    return server.s3.getRange(bucket, `block/${index}`, offset, body.bytes.subarray(offset, offset + RANGE_BYTES), '');
  };
  const result = await measureLoad(context, server, { connections: CONNECTIONS, bodyBytes: RANGE_BYTES, next });
  const measured = loadMeasurement(READ, CONNECTIONS, 'op/s', result);
  const worst = Math.max(measured.p99Ms ?? 0, result.latencies.get('head')?.percentile(0.99) ?? 0);
  context.report({ ...measured, verdicts: [atMost('p99 <= 50 ms', worst, 50)] });
}

async function extend(context: CaseContext, server: ServerUnderTest, bucket: string) {
  let turn = 0;
  const next = (): LoadStep => {
    turn += 1;
    // Each key's lock grows: an extension is never refused.
    const until = new Date(Date.now() + 2 * DAY_MS + turn * 1000).toISOString();
    const text = `<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`;
    return withText(
      server,
      200,
      { method: 'PUT', path: `/${bucket}/block/${(turn * 97) % KEYS}`, query: 'retention=' },
      text,
    );
  };
  const result = await measureLoad(context, server, { connections: CONNECTIONS, bodyBytes: 0, next });
  context.report(loadMeasurement(EXTEND, CONNECTIONS, 'op/s', result));
}

async function remove(context: CaseContext, server: ServerUnderTest, bucket: string) {
  await fill(server, BATCH * BATCHES, (index) => server.s3.put(bucket, `old/${index}`, pick(small, index)));
  let batch = 0;
  const next = (): LoadStep | undefined => {
    if (batch === BATCHES) return undefined;
    const first = BATCH * batch++;
    const keys = Array.from({ length: BATCH }, (_, at) => `<Object><Key>old/${first + at}</Key></Object>`).join('');
    return withText(
      server,
      200,
      { method: 'POST', path: `/${bucket}`, query: 'delete=' },
      `<Delete><Quiet>true</Quiet>${keys}</Delete>`,
    );
  };
  const load = { connections: 4, bodyBytes: 0, seconds: Number.POSITIVE_INFINITY, finite: true, next };
  const measured = loadMeasurement(DELETE, 4, 'op/s', await measureLoad(context, server, load));
  context.report({ ...measured, verdicts: [atMost('p99 <= 1,000 ms', measured.p99Ms ?? 0, 1000)] });
}

function withText(
  server: ServerUnderTest,
  status: number,
  request: { readonly method: string; readonly path: string; readonly query: string },
  text: string,
): LoadStep {
  const sha256 = createHash('sha256').update(text).digest('base64');
  return server.s3.plain(
    status,
    { ...request, payloadHash: UNSIGNED_PAYLOAD, amzHeaders: { 'x-amz-checksum-sha256': sha256 } },
    text,
  );
}
