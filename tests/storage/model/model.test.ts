import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { LeanClient } from '../../support/lean-client.ts';
import { testScale, testSeed } from '../../support/seeded.ts';
import { type ServerProcess, startServerProcess, TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { applyStep, expectSameBucket, type Step, stepArbitrary } from './model-steps.ts';
import { ReferenceBucket } from './reference-bucket.ts';

const RUNS = 60 * testScale();
/** One history in so many is cut by kill -9 in its middle. */
const KILL_EVERY = 10;

/** DURABILITY D5: random histories equal the plainest model of a versioned bucket, also across kill -9. */
test(`${RUNS} random histories equal the reference model`, async (t) => {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'stowage-model-'));
  const host: Host = { server: await startServerProcess({ dataDir }) };
  let run = 0;
  const history = fc.array(stepArbitrary, { minLength: 5, maxLength: 40 });
  try {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        run += 1;
        const half = run % KILL_EVERY === 0 ? Math.floor(steps.length / 2) : undefined;
        await replay(host, `model-${run}`, steps, half);
      }),
      { numRuns: RUNS, seed, endOnFailure: true },
    );
    assert.equal(await host.server.stop(), 0);
  } finally {
    await host.server.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** The server of the moment: a history that fails in its middle must leave none behind. */
interface Host {
  server: ServerProcess;
}

async function replay(
  host: Host,
  bucket: string,
  steps: readonly Step[],
  killBefore: number | undefined,
): Promise<void> {
  const model = new ReferenceBucket();
  let client = new LeanClient(host.server.s3Url, TEST_ROOT_CREDENTIALS);
  try {
    const created = await client.request({ method: 'PUT', path: `/${bucket}` });
    assert.equal(created.status, 200, created.body.toString());
    for (const [index, step] of steps.entries()) {
      if (index === killBefore) {
        client.close();
        await host.server.kill();
        host.server = await startServerProcess({ dataDir: host.server.dataDir });
        client = new LeanClient(host.server.s3Url, TEST_ROOT_CREDENTIALS);
        await expectSameBucket({ client, bucket, model });
      }
      await applyStep({ client, bucket, model }, step);
    }
    await expectSameBucket({ client, bucket, model });
  } finally {
    client.close();
  }
}
