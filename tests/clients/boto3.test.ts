import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { type ClientScene, clientTest } from './support/client-test.ts';
import { findTool } from './support/find-tool.ts';

const SCRIPT = fileURLToPath(new URL('./scripts/boto3_scenario.py', import.meta.url));
const VERSION = ['-c', 'import boto3, botocore; print("boto3", boto3.__version__)'];

/** From 1.36 on it sends `x-amz-checksum-*` by default. */
function isCurrent(version: string): boolean {
  const [major = 0, minor = 0] = (/boto3 (\d+)\.(\d+)/.exec(version)?.slice(1) ?? []).map(Number);
  return major > 1 || minor >= 36;
}

const old = await findTool('python3', VERSION, (version) => !isCurrent(version));
const current = await findTool('python3', VERSION, isCurrent);

clientTest('boto3, old generation', { tool: old, missing: 'no python3 with boto3 before 1.36' }, scenario);
clientTest('boto3, current generation', { tool: current, missing: 'no python3 with boto3 from 1.36 on' }, scenario);

async function scenario(scene: ClientScene): Promise<void> {
  const output = await scene.run(SCRIPT, scene.endpoint);
  assert.equal(JSON.parse(output).ok, true);
}
