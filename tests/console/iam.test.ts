import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { getGroup, getGroups } from '../../src-server/contract/groups.ts';
import { getHolderPolicies } from '../../src-server/contract/holder-policies.ts';
import { getPolicies, getPolicy } from '../../src-server/contract/policies.ts';
import { getRole, getRoles } from '../../src-server/contract/roles.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { keyOf, provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const HOLDERS = '/api/v1/policy-holders';
const allowing = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } });

describe('groups, policies and roles of the console', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let user: ConsoleClient;
  let tenantAdmin: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    const made = (name: string, role: string, tenant?: string) => ({
      ...{ name, role, password: PASSWORD, accessKeys: [keyOf(name)] },
      ...(tenant === undefined ? {} : { tenant }),
    });
    await provision(server.context, {
      tenants: [{ name: 'acme' }],
      users: [made('admin', 'admin'), made('ann', 'user'), made('robot', 'none'), made('acme-admin', 'admin', 'acme')],
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    user = await signInTo(server.consoleUrl, 'ann', PASSWORD);
    tenantAdmin = await signInTo(server.consoleUrl, 'acme-admin', PASSWORD);
  });
  after(() => server.close());

  const read = async <S extends z.ZodType>(schema: S, path: string, client = admin): Promise<z.output<S>> => {
    const response = await client.send('GET', path);
    assert.equal(response.status, 200, path);
    return schema.parse(await response.json());
  };
  const sent = async (method: string, path: string, body?: unknown, client = admin) =>
    (await client.send(method, path, body)).status;
  const listAs = (name: string) => server.newClient({ credentials: keyOf(name) }).send(new ListBucketsCommand({}));

  it('makes a group whose members may what its policy says, until they leave it', async () => {
    assert.equal(await sent('POST', '/api/v1/groups', { name: 'office' }), 201);
    assert.equal(await sent('POST', '/api/v1/groups', { name: 'office' }), 409);
    await assert.rejects(listAs('robot'), { name: 'AccessDenied' });
    const inline = `${HOLDERS}/group/office/inline-policies/lists`;
    assert.equal(await sent('PUT', inline, { document: allowing('s3:ListAllMyBuckets') }), 204);
    assert.equal(await sent('PUT', '/api/v1/groups/office/members/robot'), 204);
    await listAs('robot');
    const { members } = await read(getGroup.answers[200].schema, '/api/v1/groups/office');
    assert.deepEqual(
      members.map(({ name }) => name),
      ['robot'],
    );
    const { groups } = await read(getGroups.answers[200].schema, '/api/v1/groups');
    assert.deepEqual(
      groups.map(({ name, members, policies }) => ({ name, members, policies })),
      [{ name: 'office', members: 1, policies: 1 }],
    );
    const held = await read(getHolderPolicies.answers[200].schema, `${HOLDERS}/user/robot/policies`);
    assert.deepEqual(held.groups, ['office']);
    assert.equal(await codeOf(await admin.send('DELETE', '/api/v1/groups/office')), 'DeleteConflict');
    assert.equal(await sent('DELETE', '/api/v1/groups/office/members/robot'), 204);
    await assert.rejects(listAs('robot'), { name: 'AccessDenied' });
    assert.equal(await sent('DELETE', inline), 204);
    assert.equal(await sent('DELETE', '/api/v1/groups/office'), 204);
  });

  it('says what is wrong with a policy', async () => {
    const body = { name: 'broken', document: '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe"}]}' };
    const response = await admin.send('POST', '/api/v1/policies', body);
    assert.equal(response.status, 400);
    assert.equal(await codeOf(response), 'MalformedPolicyDocument');
  });

  it('keeps versions of a policy, of which one counts, and who uses it', async () => {
    const made = await admin.send('POST', '/api/v1/policies', {
      name: 'lists',
      document: allowing('s3:ListAllMyBuckets'),
    });
    const { arn } = z.object({ arn: z.string() }).parse(await made.json());
    const path = `/api/v1/policies/${encodeURIComponent(arn)}`;
    const attached = `${HOLDERS}/user/robot/attached-policies`;
    assert.equal(await sent('POST', attached, { arn }), 204);
    await listAs('robot');
    assert.equal(await sent('POST', `${path}/versions`, { document: allowing('s3:GetObject') }), 201);
    await assert.rejects(listAs('robot'), { name: 'AccessDenied' });
    const found = await read(getPolicy.answers[200].schema, path);
    assert.deepEqual(
      found.versions.map(({ version }) => version),
      [2, 1],
    );
    assert.deepEqual(found.usedBy, [{ kind: 'user', name: 'robot', asBoundary: false }]);
    assert.equal(await sent('PUT', `${path}/default-version`, { version: 1 }), 204);
    await listAs('robot');
    assert.equal(await sent('DELETE', `${path}/versions/1`), 409);
    assert.equal(await sent('DELETE', `${path}/versions/2`), 204);
    assert.equal(await sent('DELETE', path), 409);
    assert.equal(await sent('DELETE', `${attached}?arn=${encodeURIComponent(arn)}`), 204);
    assert.equal(await sent('PUT', `${HOLDERS}/user/robot/boundary`, { arn }), 204);
    assert.equal((await read(getHolderPolicies.answers[200].schema, `${HOLDERS}/user/robot/policies`)).boundary, arn);
    assert.equal(await sent('PUT', `${HOLDERS}/user/robot/boundary`, { arn: null }), 204);
    assert.equal(await sent('DELETE', path), 204);
    const { policies } = await read(getPolicies.answers[200].schema, '/api/v1/policies');
    assert.ok(policies.length > 0 && policies.every(({ isBuiltIn }) => isBuiltIn));
  });

  it('makes a role, changes who may take it, and removes it', async () => {
    const { accountId } = await read(getRoles.answers[200].schema, '/api/v1/roles');
    const trust = (account: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' },
      });
    assert.equal(await sent('POST', '/api/v1/roles', { name: 'backup', trustPolicy: trust(accountId) }), 201);
    const change = { trustPolicy: trust('111122223333'), maxSessionSeconds: 7200, description: 'nightly' };
    assert.equal(await sent('PATCH', '/api/v1/roles/backup', change), 204);
    const role = await read(getRole.answers[200].schema, '/api/v1/roles/backup');
    assert.deepEqual(
      { description: role.description, seconds: role.maxSessionSeconds, trust: role.trustPolicy },
      { description: 'nightly', seconds: 7200, trust: change.trustPolicy },
    );
    const inline = `${HOLDERS}/role/backup/inline-policies/reads`;
    assert.equal(await sent('PUT', inline, { document: allowing('s3:GetObject') }), 204);
    assert.equal(await sent('DELETE', '/api/v1/roles/backup'), 409);
    assert.equal(await sent('DELETE', inline), 204);
    assert.equal(await sent('DELETE', '/api/v1/roles/backup'), 204);
    assert.equal(await sent('GET', '/api/v1/roles/backup'), 404);
  });

  it('lets nobody in who administers nothing, and nobody into another account', async () => {
    for (const path of ['/api/v1/groups', '/api/v1/policies', '/api/v1/roles', `${HOLDERS}/user/robot/policies`]) {
      assert.equal(await sent('GET', path, undefined, user), 403, path);
    }
    assert.equal(await sent('POST', '/api/v1/groups', { name: 'mine' }, user), 403);
    assert.equal(await sent('POST', '/api/v1/groups', { name: 'hidden' }), 201);
    assert.equal(await sent('GET', '/api/v1/groups/hidden', undefined, tenantAdmin), 404);
    assert.equal(await sent('GET', `${HOLDERS}/user/robot/policies`, undefined, tenantAdmin), 404);
  });
});
