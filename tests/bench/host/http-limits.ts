import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { withBaseline } from '../baselines/start-baseline.ts';
import { makeBodies } from '../load/bodies.ts';
import type { Target } from '../load/connection.ts';
import { S3Requests } from '../load/s3-requests.ts';
import { runWatched, type WatchedLoad } from '../server/run-watched.ts';

const SMALL_BYTES = 4096;
const LARGE_BYTES = 64 * 1024 * 1024;
const LARGE_READ_BYTES = 1024 * 1024;

/** Operations or MB per second of a baseline, with its median. */
export interface HttpLimit {
  readonly perSecond: number;
  readonly p50Ms: number;
  /** A limit that others slowed down flatters whatever is held against it. */
  readonly otherCores: number | undefined;
}

export interface HttpLimitOptions {
  readonly connections: number;
  readonly seconds: number;
  readonly warmupSeconds: number;
}

/** GET of 4 KiB from a bare node:http server by this bench's own load generator. */
export function measureBareGet(options: HttpLimitOptions): Promise<HttpLimit> {
  const body = oneBody(SMALL_BYTES);
  return withBaseline('bare-get-server', [body.bytes.toString('base64')], async (target, pid) => {
    const s3 = requestsTo(target);
    const plan = { target, ...options, next: () => s3.get('bench', 'object', SMALL_BYTES, body) };
    return perOperation(await runWatched(plan, pid));
  });
}

/** PUT of 4 KiB to a bare node:http server that syncs groups of bodies to one file. */
export async function measureBarePut(folder: string, options: HttpLimitOptions): Promise<HttpLimit> {
  const path = join(folder, 'bare-put');
  const body = oneBody(SMALL_BYTES);
  try {
    return await withBaseline('bare-put-server', [path], async (target, pid) => {
      const s3 = requestsTo(target);
      const plan = { target, ...options, next: () => s3.put('bench', 'object', body, { etag: 'any' }) };
      return perOperation(await runWatched(plan, pid));
    });
  } finally {
    rmSync(path, { force: true });
  }
}

/** GET of a 64 MiB file from a bare node:http server, MB/s. */
export async function measureBareFile(folder: string, options: HttpLimitOptions): Promise<HttpLimit> {
  const path = join(folder, 'bare-file');
  const body = oneBody(LARGE_BYTES);
  writeFileSync(path, body.bytes);
  try {
    return await withBaseline('bare-file-server', [path], async (target, pid) => {
      const s3 = requestsTo(target);
      const next = () => s3.get('bench', 'object', LARGE_BYTES);
      const result = await runWatched({ target, ...options, readBufferBytes: LARGE_READ_BYTES, next }, pid);
      return { ...perOperation(result), perSecond: result.bytes / 1e6 / result.seconds };
    });
  } finally {
    rmSync(path, { force: true });
  }
}

/** MB/s over one loopback connection from another process. */
export function measureLoopback(seconds: number): Promise<number> {
  return withBaseline('byte-source', [], async (target) => {
    let bytes = 0;
    const begun = performance.now();
    await new Promise<void>((resolve, reject) => {
      const buffer = Buffer.allocUnsafeSlow(LARGE_READ_BYTES);
      const callback = (length: number): boolean => {
        bytes += length;
        if (performance.now() - begun > seconds * 1000) socket.destroy();
        return true;
      };
      const socket = connect({ ...target, onread: { buffer, callback } });
      socket.on('error', reject).on('close', () => resolve());
    });
    return bytes / 1e6 / ((performance.now() - begun) / 1000);
  });
}

function requestsTo(target: Target): S3Requests {
  return new S3Requests({
    endpoint: new URL(`http://${target.host}:${target.port}`),
    credentials: { accessKeyId: 'BASELINE', secretAccessKey: 'baseline-has-no-secret' },
    region: 'us-east-1',
  });
}

function oneBody(sizeBytes: number) {
  const [body] = makeBodies(sizeBytes, 1);
  if (body === undefined) throw new Error('no body');
  return body;
}

function perOperation(result: WatchedLoad): HttpLimit {
  if (result.problemCount > 0) throw new Error(`a baseline answered wrongly: ${result.problems.join('; ')}`);
  const latencies = result.latencies.get('');
  const perSecond = result.operations / result.seconds;
  return { perSecond, p50Ms: latencies?.percentile(0.5) ?? 0, otherCores: result.otherCores };
}
