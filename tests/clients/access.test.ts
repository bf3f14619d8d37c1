import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ClientScene, clientTest, REGION } from './support/client-test.ts';
import { findTool } from './support/find-tool.ts';
import { runTool } from './support/run-tool.ts';

const SCRIPT = fileURLToPath(new URL('./scripts/boto3_access.py', import.meta.url));
const boto3 = await findTool('python3', ['-c', 'import boto3; print("boto3", boto3.__version__)'], () => true);
const aws = await findTool('aws', ['--version'], () => true);

clientTest(
  'boto3: users, policies, roles, sessions',
  { tool: boto3, missing: 'no python3 with boto3' },
  async (scene) => {
    assert.deepEqual(JSON.parse(await scene.run(SCRIPT, scene.endpoint)), { ok: true });
  },
);

clientTest('aws iam and aws sts', { tool: aws, missing: 'no aws' }, async (scene) => {
  const run = async (...args: string[]): Promise<unknown> => {
    const output = await scene.run(...args, '--endpoint-url', scene.endpoint, '--output', 'json');
    return output.trim() === '' ? undefined : JSON.parse(output);
  };
  const bucket = 'access-cli';
  const file = join(scene.folder('work'), 'one.txt');
  writeFileSync(file, 'one');
  await scene.run('s3', 'mb', `s3://${bucket}`, '--endpoint-url', scene.endpoint);
  await scene.run('s3', 'cp', file, `s3://${bucket}/one.txt`, '--endpoint-url', scene.endpoint);
  await run('iam', 'create-user', '--user-name', 'night');
  const key = at(await run('iam', 'create-access-key', '--user-name', 'night'), 'AccessKey');
  const user = at(await run('iam', 'get-user', '--user-name', 'night'), 'User');
  const trust = statement({ Principal: { AWS: user.Arn }, Action: 'sts:AssumeRole' });
  await run('iam', 'create-role', '--role-name', 'reader', '--assume-role-policy-document', trust);
  const document = statement({ Action: ['s3:GetObject', 's3:ListBucket'], Resource: `arn:aws:s3:::${bucket}*` });
  const policy = at(
    await run('iam', 'create-policy', '--policy-name', 'reads', '--policy-document', document),
    'Policy',
  );
  await run('iam', 'attach-role-policy', '--role-name', 'reader', '--policy-arn', policy.Arn);
  const role = at(await run('iam', 'get-role', '--role-name', 'reader'), 'Role');
  const profile = { key, roleArn: role.Arn, endpoint: scene.endpoint };
  await assumeByHand(scene, bucket, profile);
  await assumeByProfile(scene, bucket, profile);
});

interface Profile {
  readonly key: Record<string, string>;
  readonly roleArn: string;
  readonly endpoint: string;
}

/** `aws sts assume-role`, and what it answers as the environment of the next command. */
async function assumeByHand(scene: ClientScene, bucket: string, { key, roleArn, endpoint }: Profile): Promise<void> {
  const asWorker = environment(scene, key.AccessKeyId, key.SecretAccessKey);
  const assume = [
    'sts',
    'assume-role',
    '--role-arn',
    roleArn,
    '--role-session-name',
    'cli',
    '--endpoint-url',
    endpoint,
  ];
  const assumed = await runTool(scene.tool.path, [...assume, '--output', 'json'], { env: asWorker, cwd: scene.home });
  assert.equal(assumed.code, 0, assumed.stderr);
  const session = at(JSON.parse(assumed.stdout), 'Credentials');
  const env = {
    ...environment(scene, session.AccessKeyId, session.SecretAccessKey),
    AWS_SESSION_TOKEN: session.SessionToken ?? '',
  };
  const s3 = (...args: string[]) =>
    runTool(scene.tool.path, ['s3', ...args, '--endpoint-url', endpoint], { env, cwd: scene.home });
  assert.match((await s3('ls', `s3://${bucket}`)).stdout, /one\.txt/);
  const refused = await s3('rm', `s3://${bucket}/one.txt`);
  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /AccessDenied/);
}

/** `role_arn` in a profile: the tool assumes the role itself. */
async function assumeByProfile(scene: ClientScene, bucket: string, { key, roleArn, endpoint }: Profile): Promise<void> {
  mkdirSync(join(scene.home, '.aws'), { recursive: true });
  const lines = [
    '[profile worker]',
    `aws_access_key_id = ${key.AccessKeyId}`,
    `aws_secret_access_key = ${key.SecretAccessKey}`,
    `endpoint_url = ${endpoint}`,
    '[profile reader]',
    `role_arn = ${roleArn}`,
    'source_profile = worker',
    `endpoint_url = ${endpoint}`,
  ];
  writeFileSync(join(scene.home, '.aws', 'config'), `${lines.join('\n')}\n`);
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...env } = scene.env;
  const target = join(scene.home, 'got.txt');
  const copy = ['s3', 'cp', `s3://${bucket}/one.txt`, target, '--profile', 'reader'];
  const copied = await runTool(scene.tool.path, copy, { env: { ...env, AWS_ENDPOINT_URL: endpoint }, cwd: scene.home });
  assert.equal(copied.code, 0, copied.stderr);
  assert.equal(readFileSync(target, 'utf8'), 'one');
}

function environment(scene: ClientScene, accessKeyId = '', secretAccessKey = ''): Record<string, string> {
  return {
    ...scene.env,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_DEFAULT_REGION: REGION,
  };
}

function statement(fields: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...fields }] });
}

function at(answer: unknown, name: string): Record<string, string> & { readonly Arn: string } {
  const found: unknown =
    typeof answer === 'object' && answer !== null
      ? Object.entries(answer).find(([key]) => key === name)?.[1]
      : undefined;
  assert.ok(typeof found === 'object' && found !== null, `${name} in ${JSON.stringify(answer)}`);
  // What the tool prints of it is text, for the fields that are read here.
  return found as Record<string, string> & { readonly Arn: string };
}
