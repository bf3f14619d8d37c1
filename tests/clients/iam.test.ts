import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { type ClientScene, clientTest } from './support/client-test.ts';
import { findTool } from './support/find-tool.ts';

const SCRIPT = fileURLToPath(new URL('./scripts/boto3_iam.py', import.meta.url));
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::iam-bucket' },
    { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::iam-bucket/in/*' },
  ],
});

const aws = await findTool('aws', ['--version'], () => true);
const python = await findTool('python3', ['-c', 'import boto3; print("boto3", boto3.__version__)'], () => true);

clientTest('aws iam', { tool: aws, missing: 'no awscli' }, async (scene) => {
  const run = (...args: string[]) => scene.run('--endpoint-url', scene.endpoint, '--output', 'json', ...args);
  await run('s3', 'mb', 's3://iam-bucket');
  const made = JSON.parse(await run('iam', 'create-user', '--user-name', 'writer', '--tags', 'Key=team,Value=north'));
  assert.match(made.User.Arn, /^arn:aws:iam::\d{12}:user\/writer$/);
  const user = ['--user-name', 'writer'];
  await run('iam', 'put-user-policy', ...user, '--policy-name', 'drop', '--policy-document', POLICY);
  const read = JSON.parse(await run('iam', 'get-user-policy', ...user, '--policy-name', 'drop'));
  assert.deepEqual(read.PolicyDocument, JSON.parse(POLICY));
  const { AccessKey: key } = JSON.parse(await run('iam', 'create-access-key', ...user));
  const as = await asKey(scene, key);
  assert.equal(await as('s3api', 'put-object', '--bucket', 'iam-bucket', '--key', 'in/a'), 0);
  assert.notEqual(await as('s3api', 'put-object', '--bucket', 'iam-bucket', '--key', 'out/a'), 0);
  assert.notEqual(await as('iam', 'list-users'), 0);
  await run('iam', 'update-access-key', ...user, '--access-key-id', key.AccessKeyId, '--status', 'Inactive');
  assert.notEqual(await as('s3api', 'put-object', '--bucket', 'iam-bucket', '--key', 'in/b'), 0);
  const users = JSON.parse(await run('iam', 'list-users', '--query', 'Users[].UserName'));
  assert.deepEqual(users, ['writer']);
  await run('iam', 'delete-access-key', ...user, '--access-key-id', key.AccessKeyId);
  await run('iam', 'delete-user-policy', ...user, '--policy-name', 'drop');
  await run('iam', 'delete-user', ...user);
});

clientTest('boto3 iam', { tool: python, missing: 'no python3 with boto3' }, async (scene) => {
  assert.equal(JSON.parse(await scene.run(SCRIPT, scene.endpoint)).ok, true);
});

/** Runs the tool with another key; answers its exit code. */
async function asKey(
  scene: ClientScene,
  key: { readonly AccessKeyId: string; readonly SecretAccessKey: string },
): Promise<(...args: string[]) => Promise<number | null>> {
  const named = (name: string, value: string) =>
    scene.run('configure', 'set', name, value, '--profile', 'writer').then(() => undefined);
  await named('aws_access_key_id', key.AccessKeyId);
  await named('aws_secret_access_key', key.SecretAccessKey);
  return async (...args) =>
    (await scene.attempt('--profile', 'writer', '--endpoint-url', scene.endpoint, '--region', 'us-east-1', ...args))
      .code;
}
