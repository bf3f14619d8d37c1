import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Latencies } from '../load/latencies.ts';

const SMALL_BYTES = 4096;
const PIECE_BYTES = 1024 * 1024;

export interface SyncLimit {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Appends 4 KiB and syncs, again and again, on one thread. */
export function measureAppendSync(folder: string, seconds: number): SyncLimit {
  return withFile(folder, (file) => {
    const bytes = Buffer.alloc(SMALL_BYTES, 0x5a);
    const latencies = new Latencies();
    const begun = performance.now();
    let position = 0;
    while (performance.now() - begun < seconds * 1000) {
      const start = performance.now();
      writeSync(file, bytes, 0, bytes.length, position);
      fdatasyncSync(file);
      latencies.add(performance.now() - start);
      position += bytes.length;
    }
    const elapsed = (performance.now() - begun) / 1000;
    return {
      perSecond: latencies.count / elapsed,
      p50Ms: latencies.percentile(0.5),
      p99Ms: latencies.percentile(0.99),
    };
  });
}

/** Writes `sizeBytes` in 1 MiB pieces and syncs once at the end. MB/s with the sync included. */
export function measureSequentialWrite(folder: string, sizeBytes: number): number {
  return withFile(folder, (file) => {
    const bytes = Buffer.alloc(PIECE_BYTES, 0x5a);
    const begun = performance.now();
    for (let position = 0; position < sizeBytes; position += bytes.length) {
      writeSync(file, bytes, 0, bytes.length, position);
    }
    fdatasyncSync(file);
    return sizeBytes / 1e6 / ((performance.now() - begun) / 1000);
  });
}

function withFile<T>(folder: string, body: (file: number) => T): T {
  const path = join(folder, 'limit-probe');
  const file = openSync(path, 'w');
  try {
    return body(file);
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
}
