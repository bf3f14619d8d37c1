/*
 * Puts of 4 KiB bodies through the engine alone: no HTTP, no hashing. Prints one JSON line for each number of callers.
 *
 * node tests/bench/engine-micro.ts [seconds] [strict|balanced|relaxed]
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EngineHost, openEngine } from '../../src-server/engine/engine-host.ts';
import type { EngineOptions } from '../../src-server/engine/engine-options.ts';
import { arrangeBucket, PUT_FRAME_BYTES, type PutScene, putInput } from '../support/engine-puts.ts';

const CALLERS = (process.env['CALLERS'] ?? '1,16,64,128').split(',').map(Number);

const seconds = Number(process.argv[2] ?? 3);
const durability = (process.argv[3] ?? 'strict') as EngineOptions['durability'];
let counter = 0;
const root = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'stowage-micro-'));

try {
  const host = await openEngine(optionsIn(root));
  const scene = await arrangeBucket(host);
  for (const callers of CALLERS) await measure(host, scene, callers);
  await host.close();
} finally {
  rmSync(root, { recursive: true, force: true });
}

function optionsIn(folder: string): EngineOptions {
  const dataDir = join(folder, 'data');
  const path = join(folder, 'disk');
  mkdirSync(dataDir);
  mkdirSync(path);
  const uuid = '00000000-0000-4000-8000-000000000001';
  return {
    dataDir,
    logDisk: { uuid, name: 'disk-1', tier: 'hot', path, device: statSync(path).dev },
    otherDisks: [],
    durability,
    createInstall: { logId: randomBytes(16) },
    limits: process.env['WAL_MIB'] === undefined ? {} : { walBytes: Number(process.env['WAL_MIB']) * 1024 * 1024 },
  };
}

async function measure(host: EngineHost, scene: PutScene, callers: number): Promise<void> {
  const frame = new Uint8Array(new SharedArrayBuffer(PUT_FRAME_BYTES)).fill(7);
  const before = await host.status();
  const latencies: number[] = [];
  const endMs = performance.now() + seconds * 1000;
  const caller = async (): Promise<void> => {
    for (let nowMs = performance.now(); nowMs < endMs; ) {
      counter += 1;
      const random = ((counter * 2654435761) % 4294967296).toString(16);
      const input = putInput(scene, `some/folder/${random}/object-${counter}`, counter);
      await host.client.submit('put-object', input, [frame]);
      const thenMs = performance.now();
      latencies.push(thenMs - nowMs);
      nowMs = thenMs;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const after = await host.status();
  latencies.sort((a, b) => a - b);
  const at = (share: number): number => Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(3));
  const puts = latencies.length;
  const batches = after.counters.batches - before.counters.batches;
  console.log(
    JSON.stringify({
      callers,
      putsPerSecond: Math.round(puts / seconds),
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      meanBatch: Number((puts / batches).toFixed(1)),
      syncs: after.counters.syncs - before.counters.syncs,
      recordBytesPerPut: Math.round((after.counters.recordBytesWritten - before.counters.recordBytesWritten) / puts),
      walCheckpoints: after.counters.walCheckpoints - before.counters.walCheckpoints,
    }),
  );
}
