import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { type ConsoleClient, signInTo } from '../../support/console-client.ts';
import { type Credentials, type IamAnswer, type IamCall, iamClient } from '../../support/s3/iam-client.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { keyOf, provision, provisionedUser } from '../../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (Action: string | string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });

describe('SECURITY: a child is never wider than its parent', () => {
  let server: TestServer;
  let anna: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      tenants: [{ name: 'acme', accountId: '222222222222' }],
      users: [
        { ...provisionedUser('anna', 'admin'), password: PASSWORD },
        provisionedUser('acme-admin', 'admin', 'acme'),
        provisionedUser('acme-user', 'user', 'acme'),
        {
          ...provisionedUser('acme-iam', 'user', 'acme'),
          role: 'none',
          policies: [document(allow('*', '*')), { name: 'again', document: document(allow('iam:*', '*')) }],
        },
        {
          ...provisionedUser('lister', 'user', 'acme'),
          role: 'none',
          policies: [document(allow('s3:ListBucket', '*'))],
        },
      ],
    });
    anna = await signInTo(server.consoleUrl, 'anna', PASSWORD);
    await server.newClient({ credentials: keyOf('anna') }).send(new CreateBucketCommand({ Bucket: 'annas' }));
    await server.newClient({ credentials: keyOf('acme-user') }).send(new CreateBucketCommand({ Bucket: 'acmes' }));
  });
  after(() => server.close());

  const as = (name: string): IamCall => iamClient(server.endpoint, keyOf(name));
  const ok = (answer: IamAnswer): IamAnswer => {
    assert.equal(answer.code, 'ok', answer.xml);
    return answer;
  };
  const tryList = async (credentials: Credentials, bucket: string): Promise<string> => {
    try {
      await server.newClient({ credentials }).send(new ListObjectsV2Command({ Bucket: bucket }));
      return 'ok';
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  };
  const consoleKey = async (body: object): Promise<Credentials> => {
    const response = await anna.send('POST', '/api/v1/keys', body);
    assert.equal(response.status, 201, await response.clone().text());
    // The contract's test checks the form of this answer.
    return (await response.json()) as Credentials;
  };

  it('a key with a policy does that and nothing else, and a key it makes is as narrow', async () => {
    const policy = JSON.stringify(document(allow('s3:ListBucket', 'arn:aws:s3:::annas'), allow('iam:*', '*')));
    const narrow = await consoleKey({ label: 'narrow', policy });
    assert.equal(await tryList(narrow, 'annas'), 'ok');
    assert.equal(await tryList(narrow, 'acmes'), 'AccessDenied');
    const call = iamClient(server.endpoint, narrow);
    const child = ok(await call('CreateAccessKey'));
    const pair = { accessKeyId: child.first('AccessKeyId'), secretAccessKey: child.first('SecretAccessKey') };
    assert.equal(await tryList(pair, 'annas'), 'ok');
    assert.equal(await tryList(pair, 'acmes'), 'AccessDenied', 'the child has the limits of its parent');
    for (const [action, parameters] of [
      ['CreateUser', { UserName: 'wider' }],
      ['CreateLoginProfile', { UserName: 'acme-user', Password: PASSWORD }],
      ['UpdateLoginProfile', { UserName: 'anna', Password: PASSWORD }],
      ['PutUserPolicy', { UserName: 'acme-user', PolicyName: 'p', PolicyDocument: policy }],
      ['UpdateAccessKey', { AccessKeyId: narrow.accessKeyId, Status: 'Active' }],
      ['AddUserToGroup', { UserName: 'anna', GroupName: 'g' }],
      ['DeleteUserPermissionsBoundary', { UserName: 'anna' }],
    ] as const) {
      assert.equal((await call(action, parameters)).code, 'AccessDenied', action);
    }
  });

  it('a key that ends, or comes from one place only, makes none that does not', async () => {
    const expiresAtMs = Date.now() + 3_600_000;
    const short = await consoleKey({ label: 'short', expiresAtMs, sourceIps: ['127.0.0.0/8', '::1'] });
    const made = ok(await iamClient(server.endpoint, short)('CreateAccessKey'));
    const keys = (await (await anna.send('GET', '/api/v1/keys')).json()) as { keys: Record<string, unknown>[] };
    const child = keys.keys.find((key) => key.accessKeyId === made.first('AccessKeyId'));
    assert.deepEqual([child?.expiresAtMs, child?.sourceIps], [expiresAtMs, ['127.0.0.0/8', '::1']]);
    const elsewhere = await consoleKey({ label: 'elsewhere', sourceIps: ['192.0.2.0/24'] });
    assert.equal(await tryList(elsewhere, 'annas'), 'AccessDenied');
    const patched = await anna.send('PATCH', `/api/v1/keys/${elsewhere.accessKeyId}`, { sourceIps: null });
    assert.equal(patched.status, 204);
    assert.equal(await tryList(elsewhere, 'annas'), 'ok');
    for (const body of [{ sourceIps: ['not an address'] }, { policy: '{}' }]) {
      assert.equal((await anna.send('POST', '/api/v1/keys', body)).status, 400);
    }
  });

  it('rotation keeps the limits of a key', async () => {
    const policy = JSON.stringify(document(allow('s3:ListBucket', 'arn:aws:s3:::annas')));
    const old = await consoleKey({ label: 'rotated', policy });
    const response = await anna.send('POST', `/api/v1/keys/${old.accessKeyId}/rotate`, { overlapHours: 1 });
    const next = (await response.json()) as Credentials;
    assert.equal(await tryList(next, 'annas'), 'ok');
    assert.equal(await tryList(next, 'acmes'), 'AccessDenied');
  });

  it('no policy makes a tenant operate the install, or reach its admins or other accounts', async () => {
    const call = as('acme-iam');
    assert.equal(
      (await call('UpdateLoginProfile', { UserName: 'acme-admin', Password: PASSWORD })).code,
      'NoSuchEntity',
    );
    assert.equal((await call('CreateAccessKey', { UserName: 'acme-admin' })).code, 'NoSuchEntity');
    assert.equal((await call('CreateAccessKey', { UserName: 'anna' })).code, 'NoSuchEntity');
    assert.equal((await call('CreateAccessKey', { UserName: 'root' })).code, 'NoSuchEntity');
    assert.equal(await tryList(keyOf('acme-iam'), 'annas'), 'AccessDenied');
    assert.equal(await tryList(keyOf('acme-iam'), 'acmes'), 'ok');
    ok(await as('acme-admin')('CreateLoginProfile', { UserName: 'acme-iam', Password: PASSWORD }));
    const console = await signInTo(server.consoleUrl, 'acme-iam', PASSWORD);
    assert.equal((await console.send('GET', '/api/v1/settings')).status, 403);
    assert.equal((await console.send('POST', '/api/v1/people', { name: 'evil', role: 'admin' })).status, 403);
  });

  it('nobody makes keys of root, root itself included', async () => {
    const root = iamClient(server.endpoint, server.rootCredentials);
    assert.equal((await root('GetUser')).first('Arn').endsWith(':root'), true);
    assert.equal((await root('CreateAccessKey')).code, 'AccessDenied');
    assert.equal((await as('anna')('CreateAccessKey', { UserName: 'root' })).code, 'NoSuchEntity');
  });

  it('a user in the account of an admin does not reach that admin', async () => {
    ok(await as('anna')('CreateUser', { UserName: 'deputy' }));
    const all = JSON.stringify(document(allow('*', '*')));
    ok(await as('anna')('PutUserPolicy', { UserName: 'deputy', PolicyName: 'all', PolicyDocument: all }));
    const made = ok(await as('anna')('CreateAccessKey', { UserName: 'deputy' }));
    const deputy = iamClient(server.endpoint, {
      accessKeyId: made.first('AccessKeyId'),
      secretAccessKey: made.first('SecretAccessKey'),
    });
    assert.deepEqual(ok(await deputy('ListUsers')).all('UserName'), ['deputy']);
    for (const UserName of ['anna', 'acme-user', 'acme-admin']) {
      assert.equal((await deputy('CreateAccessKey', { UserName })).code, 'NoSuchEntity', UserName);
      assert.equal(
        (await deputy('UpdateLoginProfile', { UserName, Password: PASSWORD })).code,
        'NoSuchEntity',
        UserName,
      );
    }
    ok(await deputy('CreateUser', { UserName: 'deputys' }));
    const removed = await anna.send('DELETE', '/api/v1/people/anna');
    assert.notEqual(removed.status, 204);
  });

  it("a suspended user's keys are refused at once, also to IAM", async () => {
    const call = as('lister');
    assert.equal(await tryList(keyOf('lister'), 'acmes'), 'ok');
    assert.equal((await call('GetUser')).code, 'AccessDenied');
    const path = '/api/v1/people/lister';
    assert.equal((await anna.send('PATCH', path, { state: 'disabled' })).status, 204);
    assert.equal(await tryList(keyOf('lister'), 'acmes'), 'InvalidAccessKeyId');
    assert.equal((await call('GetUser')).code, 'InvalidClientTokenId');
  });

  it('a role user manages own keys only, and an explicit deny binds an admin', async () => {
    const user = as('acme-user');
    assert.equal((await user('ListAccessKeys')).code, 'ok');
    assert.equal((await user('ListAccessKeys', { UserName: 'acme-iam' })).code, 'AccessDenied');
    assert.equal((await user('CreateAccessKey', { UserName: 'acme-iam' })).code, 'AccessDenied');
    const deny = JSON.stringify(document({ Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' }));
    ok(await as('anna')('PutUserPolicy', { UserName: 'acme-admin', PolicyName: 'deny', PolicyDocument: deny }));
    assert.equal((await as('acme-admin')('CreateUser', { UserName: 'x' })).code, 'AccessDenied');
  });
});
