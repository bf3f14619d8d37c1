import { randomBytes } from 'node:crypto';
import type { BenchCase, CaseContext, Measurement } from './cases/bench-case.ts';
import type { HostLimits } from './host/host-limits.ts';
import { EMPTY_SHA256 } from './load/signer.ts';
import type { BenchOptions } from './options.ts';
import { type ServerUnderTest, startServerUnderTest } from './server/server-under-test.ts';

interface BenchServer {
  readonly server: ServerUnderTest;
  readonly bucket: string;
}

/** Does `--only PART` mean the case of this name? */
export function isNamed(name: string, part: string): boolean {
  return name.toLowerCase().includes(part.toLowerCase());
}

/** Runs the wanted cases one after another. Servers started on the way are ended, whatever happens. */
export async function runCases(
  cases: readonly BenchCase[],
  options: BenchOptions,
  limits: HostLimits,
  onMeasurement: (measured: Measurement) => void,
): Promise<readonly Measurement[]> {
  const results: Measurement[] = [];
  let shared: Promise<BenchServer> | undefined;
  const context: CaseContext = {
    options,
    limits,
    shared: () => {
      shared ??= startWithBucket(options);
      return shared;
    },
    fresh: () => startWithBucket(options),
    say: (text) => console.error(`# ${text}`),
    report: (measured) => {
      results.push(measured);
      onMeasurement(measured);
    },
  };
  const wanted = (name: string): boolean =>
    options.only.length === 0 || options.only.some((part) => isNamed(name, part));
  try {
    for (const each of cases) {
      if (!each.names.some(wanted)) continue;
      if (each.ownServerOnly === true && options.endpoint !== undefined) {
        context.say(`skipped for another server: ${each.names.join(', ')}`);
        continue;
      }
      await each.run(context, wanted);
    }
  } finally {
    await (await shared?.catch(() => undefined))?.server.dispose();
  }
  return results;
}

async function startWithBucket(options: BenchOptions): Promise<BenchServer> {
  const server = await startServerUnderTest(options);
  const bucket = `bench-${randomBytes(5).toString('hex')}`;
  const create = { method: 'PUT', path: `/${bucket}`, payloadHash: EMPTY_SHA256, contentLength: 0 };
  try {
    await server.s3.call(server.s3.plain(200, create));
  } catch (error) {
    await server.dispose();
    throw error;
  }
  return { server, bucket };
}
