import { type LoadPlan, type LoadStep, runLoad } from '../load/run-load.ts';
import { runWatched, type WatchedLoad } from '../server/run-watched.ts';
import type { ServerUnderTest } from '../server/server-under-test.ts';
import type { CaseContext, Measurement } from './bench-case.ts';

const LARGE_BODY_BYTES = 256 * 1024;
const LARGE_READ_BYTES = 1024 * 1024;

export interface LoadOptions {
  readonly connections: number;
  /** Size of the bodies that come back, for the generator's read buffer. */
  readonly bodyBytes: number;
  readonly seconds?: number;
  /** Work that ends (deletes) is measured from its first step: a warm-up could use it up. */
  readonly finite?: boolean;
  readonly next: () => LoadStep | undefined;
}

/** Runs a load for the configured time and watches the server's process meanwhile. */
export async function measureLoad(
  context: CaseContext,
  server: ServerUnderTest,
  load: LoadOptions,
): Promise<WatchedLoad> {
  const plan: LoadPlan = {
    target: server.s3.target,
    connections: load.connections,
    seconds: load.seconds ?? context.options.seconds,
    warmupSeconds: load.finite === true ? 0 : context.options.warmupSeconds,
    ...(load.bodyBytes >= LARGE_BODY_BYTES ? { readBufferBytes: LARGE_READ_BYTES } : {}),
    next: load.next,
  };
  return runWatched(plan, server.own?.pid());
}

/** Runs every step of a list of work, unmeasured. Throws where an answer is wrong. */
export async function fill(server: ServerUnderTest, count: number, step: (index: number) => LoadStep): Promise<void> {
  let next = 0;
  const result = await runLoad({
    target: server.s3.target,
    connections: 64,
    seconds: Number.POSITIVE_INFINITY,
    warmupSeconds: 0,
    next: () => (next < count ? step(next++) : undefined),
  });
  if (result.problemCount > 0) throw new Error(`filling failed: ${result.problems.join('\n')}`);
}

/** The common columns of a load case; `unit` says which rate is its value. */
export function loadMeasurement(
  name: string,
  connections: number,
  unit: 'op/s' | 'MB/s',
  result: WatchedLoad,
): Measurement {
  const latencies = result.latencies.get('');
  return {
    name,
    unit,
    connections,
    value: (unit === 'op/s' ? result.operations : result.bytes / 1e6) / result.seconds,
    operations: Math.round(result.operations),
    p50Ms: latencies?.percentile(0.5) ?? 0,
    p99Ms: latencies?.percentile(0.99) ?? 0,
    server: result.server,
    generatorCores: result.generatorCores,
    otherCores: result.otherCores,
    problems: result.problems,
    problemCount: result.problemCount,
  };
}
