import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { type AccessDecision, accessDecisionSchema, readersSchema } from '../../src-server/contract/access.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { callQuery } from '../support/s3/query-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { keyOf, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUCKET = 'papers';

describe('the simulator and who can read this', () => {
  let server: TestServer;
  const clients = new Map<string, ConsoleClient>();
  const as = (name: string): ConsoleClient => {
    const client = clients.get(name);
    if (client === undefined) throw new Error(`nobody signed in as ${name}`);
    return client;
  };
  const iam = async (user: string, Action: string, parameters: Record<string, string>): Promise<string> => {
    const answer = await callQuery(server.endpoint, keyOf(user), 'iam', { Action, ...parameters });
    assert.equal(answer.outcome, 'ok', answer.xml);
    return answer.element('Arn') ?? '';
  };
  const ask = (by: string, inquiry: object): Promise<Response> =>
    as(by).send('POST', '/api/v1/access/simulate', inquiry);
  const simulate = async (by: string, inquiry: object): Promise<AccessDecision> => {
    const response = await ask(by, inquiry);
    assert.equal(response.status, 200, await response.clone().text());
    return accessDecisionSchema.parse(await response.json());
  };
  const readers = async (by: string, key?: string): Promise<Record<string, string>> => {
    const query = new URLSearchParams({ bucket: BUCKET, ...(key !== undefined && { key }) });
    const response = await as(by).send('GET', `/api/v1/access/readers?${query}`);
    assert.equal(response.status, 200, await response.clone().text());
    const found = readersSchema.parse(await response.json());
    assert.ok(found.isComplete);
    return Object.fromEntries(
      found.readers.map(({ kind, name, reason }) => {
        const origin = 'origin' in reason ? `${reason.origin.kind} ${reason.origin.name}` : reason.kind;
        return [`${kind} ${name}`.trim(), origin];
      }),
    );
  };

  before(async () => {
    server = await startTestServer();
    const person = (name: string, role: string, tenant: string) => ({
      name,
      role,
      tenant,
      password: PASSWORD,
      accessKeys: [keyOf(name)],
    });
    await provision(server.context, {
      tenants: [{ name: 'acme' }, { name: 'other' }],
      users: [
        person('boss', 'admin', 'acme'),
        person('ann', 'user', 'acme'),
        person('rita', 'readonly', 'acme'),
        person('eve', 'admin', 'other'),
      ],
    });
    for (const name of ['boss', 'ann', 'rita', 'eve'])
      clients.set(name, await signInTo(server.consoleUrl, name, PASSWORD));
    const s3 = server.newClient({ credentials: keyOf('boss'), region: 'us-east-1' });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a/1', Body: 'x' }));
    const statements = [
      {
        Sid: 'Open',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${BUCKET}/open/*`,
      },
      {
        Sid: 'Shut',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${BUCKET}/shut/*`,
      },
    ];
    const off = {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket: BUCKET, PublicAccessBlockConfiguration: off }));
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await s3.send(new PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
    const reads = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/a/*` };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [reads] });
    const PolicyArn = await iam('boss', 'CreatePolicy', { PolicyName: 'reads-a', PolicyDocument });
    await iam('boss', 'AttachUserPolicy', { UserName: 'ann', PolicyArn });
    const trust = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    });
    await iam('boss', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: trust });
    await iam('boss', 'AttachRolePolicy', { RoleName: 'worker', PolicyArn });
  });
  after(() => server.close());

  it('says what would be answered, and which statement decides', async () => {
    const read = { action: 's3:GetObject', bucket: BUCKET };
    assert.deepEqual(await simulate('boss', { ...read, key: 'b/1' }), { effect: 'allow', reason: { kind: 'role' } });
    const ann = { principal: { kind: 'user', name: 'ann' } };
    assert.deepEqual(await simulate('boss', { ...read, ...ann, key: 'a/1' }), {
      effect: 'allow',
      reason: { kind: 'statement', origin: { kind: 'user', name: 'reads-a' }, sid: null, index: 0 },
    });
    assert.deepEqual(await simulate('boss', { ...read, ...ann, key: 'b/1' }), {
      effect: 'implicit-deny',
      reason: { kind: 'nothing' },
    });
    const shut = await simulate('boss', { ...read, key: 'shut/1' });
    assert.equal(shut.effect, 'explicit-deny');
    assert.deepEqual(shut.reason, {
      kind: 'statement',
      origin: { kind: 'bucket', name: BUCKET },
      sid: 'Shut',
      index: 1,
    });
    const role = { principal: { kind: 'role', name: 'worker' } };
    assert.equal((await simulate('boss', { ...read, ...role, key: 'a/1' })).effect, 'allow');
    assert.equal((await simulate('boss', { ...read, ...role, key: 'b/1' })).effect, 'implicit-deny');
    const key = { principal: { kind: 'key', name: 'KEY-ann' } };
    assert.equal((await simulate('boss', { ...read, ...key, key: 'a/1' })).effect, 'allow');
    const nobody = { principal: { kind: 'anonymous' } };
    assert.equal((await simulate('boss', { ...read, ...nobody, key: 'open/1' })).effect, 'allow');
    assert.equal((await simulate('boss', { ...read, ...nobody, key: 'a/1' })).effect, 'implicit-deny');
  });

  it('answers about others only who may simulate them, and about oneself everybody', async () => {
    const read = { action: 's3:GetObject', bucket: BUCKET, key: 'a/1' };
    const boss = { principal: { kind: 'user', name: 'boss' } };
    assert.equal((await simulate('ann', read)).effect, 'allow');
    const mine = await simulate('ann', { ...read, key: 'shut/1' });
    assert.deepEqual(
      mine.reason,
      { kind: 'limit', origin: { kind: 'bucket', name: BUCKET } },
      'the policy is not hers to see',
    );
    const refused = await ask('ann', { ...read, ...boss });
    assert.ok(['AccessDenied', 'NoSuchEntity'].includes(await codeOf(refused)));
    const foreign = await ask('eve', { ...read, ...boss });
    assert.equal(await codeOf(foreign), 'NoSuchEntity', 'people of another tenant are not there');
    const foreignKey = await ask('eve', { ...read, principal: { kind: 'key', name: 'KEY-ann' } });
    assert.equal(await codeOf(foreignKey), 'NoSuchEntity');
    const own = await ask('eve', { ...read, principal: { kind: 'user', name: 'eve' } });
    assert.equal(await codeOf(own), 'AccessDenied', 'whose bucket is somebody else’s');
    const absent = await ask('boss', { ...read, principal: { kind: 'role', name: 'absent' } });
    assert.equal(await codeOf(absent), 'NoSuchEntity');
    assert.equal((await ask('boss', { ...read, action: 'no action' })).status, 400);
  });

  it('lists who may read an object or list the bucket, and why', async () => {
    assert.deepEqual(await readers('boss', 'a/1'), {
      'user boss': 'role',
      'user rita': 'role',
      'user ann': 'user reads-a',
      'role worker': 'role reads-a',
    });
    const open = await readers('boss', 'open/1');
    assert.equal(open['anonymous'], `bucket ${BUCKET}`);
    assert.equal(open['user ann'], `bucket ${BUCKET}`);
    assert.deepEqual(await readers('boss', 'shut/1'), {});
    assert.deepEqual(Object.keys(await readers('boss')).sort(), ['user boss', 'user rita']);
    for (const name of ['ann', 'rita', 'eve']) {
      const response = await as(name).send('GET', `/api/v1/access/readers?bucket=${BUCKET}`);
      assert.equal(await codeOf(response), 'AccessDenied');
    }
  });
});
