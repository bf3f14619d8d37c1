import { makeBodies, pick } from '../load/bodies.ts';
import type { LoadStep } from '../load/run-load.ts';
import type { Payload } from '../load/s3-requests.ts';
import type { ServerUnderTest } from '../server/server-under-test.ts';
import { atLeastRatio } from '../targets.ts';
import type { BenchCase, CaseContext } from './bench-case.ts';
import { fill, loadMeasurement, measureLoad } from './measure-load.ts';

const SIZE_BYTES = 512 * 1024;
const CONNECTIONS = 16;
const KEYS = 256;
const bodies = makeBodies(SIZE_BYTES, 16);
const body = (index: number) => pick(bodies, index);

const PUT = 'PUT 512 KiB x16';
const PUT_SIGNED = 'PUT 512 KiB signed x16';
const GET = 'GET 512 KiB x16';
const MIXED = 'mixed 512 KiB x16';

/** The backup block: 512 KiB bodies at 16 connections, alone and mixed. */
export const blocks: BenchCase = {
  names: [PUT, PUT_SIGNED, GET, MIXED],
  run: async (context, wanted) => {
    const { server, bucket } = await context.shared();
    if (wanted(PUT)) await put(context, server, bucket, PUT, context.options.payload);
    if (wanted(PUT_SIGNED)) await put(context, server, bucket, PUT_SIGNED, 'signed');
    if (!wanted(GET) && !wanted(MIXED)) return;
    await fill(server, KEYS, (index) => server.s3.put(bucket, `block/${index}`, body(index)));
    if (wanted(GET)) await get(context, server, bucket);
    if (wanted(MIXED)) await mixed(context, server, bucket);
  },
};

async function put(context: CaseContext, server: ServerUnderTest, bucket: string, name: string, payload: Payload) {
  const limit = Math.min(await context.limits.md5(), await context.limits.diskWrite());
  let index = 0;
  const next = () => {
    index += 1;
    return server.s3.put(bucket, `${payload}-block-put/${index}`, body(index), { payload });
  };
  const result = await measureLoad(context, server, { connections: CONNECTIONS, bodyBytes: 0, next });
  const measured = loadMeasurement(name, CONNECTIONS, 'MB/s', result);
  const target = atLeastRatio('>= 0.7 x min(MD5 of a core, disk)', measured.value, limit, 0.7);
  context.report({ ...measured, verdicts: name === PUT ? [target] : [] });
}

async function get(context: CaseContext, server: ServerUnderTest, bucket: string) {
  let index = 0;
  const next = () => {
    index = (index + 97) % KEYS;
    return server.s3.get(bucket, `block/${index}`, SIZE_BYTES, index % 4 === 0 ? body(index) : undefined);
  };
  const result = await measureLoad(context, server, { connections: CONNECTIONS, bodyBytes: SIZE_BYTES, next });
  context.report(loadMeasurement(GET, CONNECTIONS, 'MB/s', result));
}

/** 45 % GET, 30 % HEAD, 15 % PUT, 10 % DELETE, the shares warp uses; deletes take what the puts made. */
async function mixed(context: CaseContext, server: ServerUnderTest, bucket: string) {
  const { s3 } = server;
  const made: string[] = [];
  let turn = 0;
  const next = (): LoadStep => {
    turn += 1;
    const slot = (turn * 7) % 20;
    const index = (turn * 97) % KEYS;
    if (slot < 9) return s3.get(bucket, `block/${index}`, SIZE_BYTES, slot === 0 ? body(index) : undefined);
    if (slot < 15) return s3.head(bucket, `block/${index}`, body(index));
    if (slot >= 18) {
      const key = made.shift();
      if (key !== undefined) return s3.delete(bucket, key);
    }
    const key = `mixed/${turn}`;
    const step = s3.put(bucket, key, body(turn), { payload: context.options.payload });
    // Only a key whose PUT was answered may be deleted.
    const check = (): undefined => {
      made.push(key);
      return undefined;
    };
    return { ...step, check };
  };
  const result = await measureLoad(context, server, { connections: CONNECTIONS, bodyBytes: SIZE_BYTES, next });
  const shares = '45 % GET, 30 % HEAD, 15 % PUT, 10 % DELETE';
  context.report({ ...loadMeasurement(MIXED, CONNECTIONS, 'op/s', result), notes: [shares] });
}
