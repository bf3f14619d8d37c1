import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { loadTlsPair } from '../../config/tls-pair.ts';
import type { SelfTestStep, SelfTestStepId } from '../../contract/self-tests.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { AccessKeyPair } from '../access/new-credentials.ts';
import { resolveAccessKey } from '../access/resolve-access-key.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { createKey } from '../keys/create-key.ts';
import { deleteKey } from '../keys/delete-key.ts';
import { createSelfClient } from './s3-client.ts';
import { removeAll, STEPS, type StepScene } from './steps.ts';

export interface SelfTestRequest {
  readonly bucket: BucketName;
  /** One of the caller's own; undefined: one is made for the run. */
  readonly accessKeyId: string | undefined;
  /** Names the run in its events. */
  readonly run: string;
  /** `http://host:port` of the S3 port. */
  readonly s3Url: string;
}

export interface SelfTestReport {
  readonly passed: boolean;
  readonly steps: readonly SelfTestStep[];
}

/** Of a key that is made for a run: long enough, and gone soon if the server dies in it. */
const TEMPORARY_KEY_MS = 5 * 60_000;
/** Users whose test runs. */
const running = new Set<number>();

/**
 * Uses the S3 port as a client does, with a key of the caller, and tells each step as it ends. Nothing stays in the bucket.
 * Throws NoSuchEntity for a key that is not the caller's own or cannot be used, OperationAborted while a test of this user runs.
 */
export async function runSelfTest(
  context: ServiceContext,
  caller: UserIdentity,
  request: SelfTestRequest,
): Promise<SelfTestReport> {
  if (running.has(caller.userId)) throw new Failure('OperationAborted', 'a self-test is running');
  running.add(caller.userId);
  try {
    return request.accessKeyId === undefined
      ? await withTemporaryKey(context, caller, (key) => runSteps(context, caller, request, key))
      : await runSteps(context, caller, request, await ownKey(context, caller, request.accessKeyId));
  } finally {
    running.delete(caller.userId);
  }
}

async function ownKey(context: ServiceContext, caller: UserIdentity, accessKeyId: string): Promise<AccessKeyPair> {
  const key = await resolveAccessKey(context, accessKeyId);
  if (key === undefined || key.identity.userId !== caller.userId) throw new Failure('NoSuchEntity');
  return { accessKeyId, secretAccessKey: key.secret };
}

async function withTemporaryKey<T>(
  context: ServiceContext,
  caller: UserIdentity,
  use: (key: AccessKeyPair) => Promise<T>,
): Promise<T> {
  const expiresAtMs = context.now() + TEMPORARY_KEY_MS;
  const key = await createKey(context, caller, { userName: undefined, label: 'self-test', expiresAtMs });
  try {
    return await use(key);
  } finally {
    await deleteKey(context, caller, key.accessKeyId);
  }
}

async function runSteps(
  context: ServiceContext,
  caller: UserIdentity,
  { bucket, run, s3Url }: SelfTestRequest,
  key: AccessKeyPair,
): Promise<SelfTestReport> {
  const pair = await loadTlsPair(context.config);
  const credentials = { ...key, region: context.config.region };
  const client = createSelfClient({ s3Url, certificate: pair?.cert, now: context.now }, credentials);
  const prefix = `.stowage-self-test/${randomBytes(8).toString('hex')}/`;
  const scene: StepScene = { client, credentials, bucket, prefix, stored: [], open: new Set() };
  const steps: SelfTestStep[] = [];
  const passed = new Set<SelfTestStepId>();
  try {
    for (const { id, needs, run: runStep } of STEPS) {
      const step = needs.every((need) => passed.has(need))
        ? await runOne(id, () => runStep(scene))
        : ({ id, result: 'skipped', durationMs: 0, detail: null } as const);
      if (step.result === 'passed') passed.add(id);
      steps.push(step);
      context.events.publish({ kind: 'self-test', run, step }, { userId: caller.userId });
    }
  } finally {
    await removeAll(scene).catch((error: unknown) =>
      context.log.warn({ err: error, bucket, prefix }, 'objects of a self-test are left in the bucket'),
    );
  }
  return { passed: passed.size === STEPS.length, steps };
}

async function runOne(id: SelfTestStepId, run: () => Promise<void>): Promise<SelfTestStep> {
  const from = performance.now();
  const took = () => Math.round((performance.now() - from) * 10) / 10;
  try {
    await run();
    return { id, result: 'passed', durationMs: took(), detail: null };
  } catch (error) {
    // Whatever went wrong is the result: a broken connection, a refusal, other bytes.
    return { id, result: 'failed', durationMs: took(), detail: error instanceof Error ? error.message : 'unknown' };
  }
}
