import assert from 'node:assert/strict';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { keyOf } from '../users.ts';
import { openBucketScene, refusalOf } from './bucket-scene.ts';
import { callQuery, type QueryAnswer, type QueryCredentials } from './query-client.ts';

/** The server of one test file, with what tests of STS ask of it. Who imports this closes it. */
export const scene = await openBucketScene();
const { endpoint } = scene.server;
export const { context } = scene.server;

export type Parameters = Readonly<Record<string, string>>;
export type Who = string | QueryCredentials;

export function call(
  who: Who,
  service: 'iam' | 'sts',
  Action: string,
  parameters: Parameters = {},
): Promise<QueryAnswer> {
  return callQuery(endpoint, typeof who === 'string' ? keyOf(who) : who, service, { Action, ...parameters });
}
export const iam = (who: Who, action: string, parameters: Parameters = {}) => call(who, 'iam', action, parameters);
export const sts = (who: Who, action: string, parameters: Parameters = {}) => call(who, 'sts', action, parameters);

export async function must(answer: Promise<QueryAnswer>): Promise<QueryAnswer> {
  const done = await answer;
  assert.equal(done.outcome, 'ok', done.xml);
  return done;
}

export interface Grant {
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Effect?: 'Allow' | 'Deny';
  readonly Condition?: object;
}

export function policy(...grants: readonly Grant[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: grants.map((grant) => ({ Effect: 'Allow', Resource: '*', ...grant })),
  });
}

export function trust(principal: string, more: object = {}, Action: string | string[] = 'sts:AssumeRole'): string {
  const statement = { Effect: 'Allow', Principal: { AWS: principal }, Action, ...more };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

export const account = async (who: Who): Promise<string> =>
  (await must(sts(who, 'GetCallerIdentity'))).element('Account') ?? '';
export const OFFICE = await account('boss');
export const ANN = `arn:aws:iam::${OFFICE}:user/ann`;
export const roleArn = (name: string) => `arn:aws:iam::${OFFICE}:role/${name}`;
export const BUCKET = await scene.newBucket('boss');
await scene.as('boss').send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a/1', Body: 'one' }));
await scene.as('boss').send(new PutObjectCommand({ Bucket: BUCKET, Key: 'b/1', Body: 'two' }));

let made = 0;
/** A role of the office that `ann` may assume, and that may do this. */
export async function newRole(
  grants: readonly Grant[],
  trustPolicy: string = trust(ANN),
  more: Parameters = {},
): Promise<string> {
  const RoleName = `role-${++made}`;
  await must(iam('boss', 'CreateRole', { RoleName, AssumeRolePolicyDocument: trustPolicy, ...more }));
  if (grants.length > 0)
    await must(iam('boss', 'PutRolePolicy', { RoleName, PolicyName: 'p', PolicyDocument: policy(...grants) }));
  return RoleName;
}

export function assume(who: Who, role: string, more: Parameters = {}): Promise<QueryAnswer> {
  return sts(who, 'AssumeRole', {
    RoleArn: role.startsWith('arn:') ? role : roleArn(role),
    RoleSessionName: 'night',
    ...more,
  });
}

export function credentialsIn(answer: QueryAnswer): Required<QueryCredentials> {
  return {
    accessKeyId: answer.element('AccessKeyId') ?? '',
    secretAccessKey: answer.element('SecretAccessKey') ?? '',
    sessionToken: answer.element('SessionToken') ?? '',
  };
}

export async function session(who: Who, role: string, more: Parameters = {}): Promise<Required<QueryCredentials>> {
  return credentialsIn(await must(assume(who, role, more)));
}

export function s3Of(credentials: QueryCredentials): S3Client {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return scene.server.newClient({
    region: context.config.region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  });
}

export async function read(credentials: QueryCredentials, Key = 'a/1'): Promise<string> {
  const outcome = await refusalOf(s3Of(credentials).send(new GetObjectCommand({ Bucket: BUCKET, Key })));
  return outcome === 'was accepted' ? 'ok' : outcome;
}

export const READ: Grant = { Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` };
