import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readAccess } from '../../src-server/commands/support/access-bundle.ts';
import { type ImportResult, importResultSchema } from '../../src-server/contract/configuration.ts';
import { type ConsoleClient, signInTo } from '../support/console-client.ts';
import { type IamAnswer, type IamCall, iamClient } from '../support/s3/iam-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { keyOf, provision, provisionedUser } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const PASSPHRASE = 'a passphrase for the file, long enough';
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }],
});
const TRUST = (arn: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: arn }, Action: 'sts:AssumeRole' }],
  });

describe('who may do what, in a configuration file', () => {
  let old: TestServer;
  let fresh: TestServer;
  let boss: ConsoleClient;
  let file: string;
  before(async () => {
    old = await startTestServer();
    fresh = await startTestServer();
    await provision(old.context, {
      tenants: [{ name: 'acme', accountId: '333333333333' }],
      users: [
        { ...provisionedUser('anna', 'admin'), password: PASSWORD },
        provisionedUser('tina', 'admin', 'acme'),
        provisionedUser('udo', 'user', 'acme'),
      ],
    });
    await furnish(iamClient(old.endpoint, keyOf('tina')), iamClient(old.endpoint, keyOf('anna')));
    await provision(fresh.context, { users: [{ name: 'boss', role: 'admin', password: PASSWORD }] });
    boss = await signInTo(fresh.consoleUrl, 'boss', PASSWORD);
    const anna = await signInTo(old.consoleUrl, 'anna', PASSWORD);
    const narrow = { label: 'narrow', policy: POLICY, sourceIps: ['192.0.2.0/24'] };
    assert.equal((await anna.send('POST', '/api/v1/keys', narrow)).status, 201);
    const answer = await anna.send('POST', '/api/v1/configuration/export', {
      password: PASSWORD,
      passphrase: PASSPHRASE,
    });
    assert.equal(answer.status, 200);
    // The contract's test checks the form of this answer.
    ({ file } = (await answer.json()) as { file: string });
  });
  after(async () => {
    await old?.close();
    await fresh?.close();
  });

  const ok = (answer: IamAnswer): IamAnswer => {
    assert.equal(answer.code, 'ok', answer.xml);
    return answer;
  };

  async function furnish(tina: IamCall, anna: IamCall): Promise<void> {
    ok(
      await tina('CreateUser', {
        UserName: 'worker',
        Path: '/w/',
        'Tags.member.1.Key': 'a',
        'Tags.member.1.Value': 'b',
      }),
    );
    const made = ok(await tina('CreatePolicy', { PolicyName: 'lister', PolicyDocument: POLICY }));
    const PolicyArn = made.first('Arn');
    ok(await tina('AttachUserPolicy', { UserName: 'worker', PolicyArn }));
    ok(await tina('PutUserPermissionsBoundary', { UserName: 'udo', PermissionsBoundary: PolicyArn }));
    ok(await tina('CreateGroup', { GroupName: 'crew' }));
    ok(await tina('AddUserToGroup', { GroupName: 'crew', UserName: 'worker' }));
    ok(await tina('PutGroupPolicy', { GroupName: 'crew', PolicyName: 'p', PolicyDocument: POLICY }));
    const role = { RoleName: 'helper', AssumeRolePolicyDocument: TRUST('arn:aws:iam::333333333333:root') };
    ok(await tina('CreateRole', role));
    ok(await tina('AttachRolePolicy', { RoleName: 'helper', PolicyArn }));
    ok(await anna('CreateUser', { UserName: 'deputy' }));
    ok(await anna('PutUserPolicy', { UserName: 'deputy', PolicyName: 'p', PolicyDocument: POLICY }));
  }

  const send = async (mode: 'rehearse' | 'apply'): Promise<ImportResult> => {
    const body = { file, passphrase: PASSPHRASE, mode };
    const answer = await boss.send('POST', '/api/v1/configuration/import', body);
    const text = await answer.text();
    assert.equal(answer.status, 200, text);
    return importResultSchema.parse(JSON.parse(text));
  };
  const access = (server: TestServer) => server.context.catalogue.read(readAccess);

  it('comes along with all of it: groups, policies, roles, boundaries, memberships, limits of keys', async () => {
    const applied = await send('apply');
    const strange = applied.items.filter(({ outcome, kind }) => outcome !== 'created' && kind !== 'setting');
    assert.deepEqual(strange, []);
    assert.deepEqual(await access(fresh), await access(old));
    const deputy = await iamClient(fresh.endpoint, keyOf('anna'))('GetUser', { UserName: 'deputy' });
    const anna = await iamClient(fresh.endpoint, keyOf('anna'))('GetUser');
    assert.equal(deputy.first('Arn').split(':')[4], anna.first('Arn').split(':')[4], 'in the account of anna');
    const keys = await (await boss.send('GET', '/api/v1/keys?of=everybody')).json();
    // The contract's test checks the form of this answer.
    const narrow = (keys as { keys: Record<string, unknown>[] }).keys.find(({ label }) => label === 'narrow');
    assert.deepEqual([narrow?.policy, narrow?.sourceIps], [POLICY, ['192.0.2.0/24']]);
  });

  it('changes nothing a second time', async () => {
    const generation = fresh.context.catalogue.generation();
    const again = await send('apply');
    assert.deepEqual(
      again.items.filter(({ outcome }) => outcome !== 'same' && outcome !== 'refused'),
      [],
    );
    assert.equal(fresh.context.catalogue.generation(), generation);
  });

  it('SECURITY: brings nothing into the account of somebody who has the name or the number here', async () => {
    const other = await startTestServer();
    try {
      await provision(other.context, {
        tenants: [{ name: 'elsewhere', accountId: '333333333333' }],
        users: [{ name: 'boss', role: 'admin', password: PASSWORD }, provisionedUser('worker', 'user', 'elsewhere')],
      });
      boss = await signInTo(other.consoleUrl, 'boss', PASSWORD);
      const { items } = await send('apply');
      const of = (kind: string, name: string) =>
        items.find((item) => item.kind === kind && item.name === name)?.outcome;
      assert.equal(of('tenant', 'acme'), 'refused');
      for (const [kind, name] of [
        ['policy', 'lister'],
        ['group', 'crew'],
        ['role', 'helper'],
        ['rights', 'worker'],
      ] as const) {
        assert.equal(of(kind, name), 'refused', `${kind} ${name}`);
      }
      const bundle = await access(other);
      assert.deepEqual([bundle.policies, bundle.groups, bundle.roles], [[], [], []]);
      assert.deepEqual(
        bundle.users.map(({ name }) => name),
        ['deputy'],
      );
    } finally {
      await other.close();
    }
  });
});
