import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { signInTo } from '../../support/console-client.ts';
import { type Credentials, type IamAnswer, type IamCall, iamClient } from '../../support/s3/iam-client.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { keyOf, provision, provisionedUser } from '../../support/users.ts';

const PASSWORD = 'correct horse battery staple';

const allow = (action: string | string[], resource: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource }] });

describe('users, keys and groups by IAM', () => {
  let server: TestServer;
  let admin: IamCall;
  let acme: IamCall;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      tenants: [{ name: 'acme', accountId: '111111111111' }, { name: 'other' }],
      users: [
        { ...provisionedUser('anna', 'admin'), password: PASSWORD },
        provisionedUser('acme-admin', 'admin', 'acme'),
        provisionedUser('acme-user', 'user', 'acme'),
        provisionedUser('other-user', 'user', 'other'),
        provisionedUser('other-admin', 'admin', 'other'),
      ],
    });
    admin = as('anna');
    acme = as('acme-admin');
  });
  after(() => server.close());

  const as = (name: string): IamCall => iamClient(server.endpoint, keyOf(name));
  const ok = (answer: IamAnswer): IamAnswer => {
    assert.equal(answer.code, 'ok', answer.xml);
    return answer;
  };
  const newKey = async (call: IamCall, user?: string): Promise<Credentials> => {
    const made = ok(await call('CreateAccessKey', user === undefined ? {} : { UserName: user }));
    return { accessKeyId: made.first('AccessKeyId'), secretAccessKey: made.first('SecretAccessKey') };
  };
  const tryList = async (credentials: Credentials, bucket: string): Promise<string> => {
    try {
      await server.newClient({ credentials }).send(new ListObjectsV2Command({ Bucket: bucket }));
      return 'ok';
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  };

  it('lives through the life of a user', async () => {
    const made = ok(
      await acme('CreateUser', {
        UserName: 'life',
        Path: '/team/',
        'Tags.member.1.Key': 'dept',
        'Tags.member.1.Value': 'büro',
      }),
    );
    assert.equal(made.first('Arn'), 'arn:aws:iam::111111111111:user/team/life');
    assert.match(made.first('UserId'), /^AIDA[A-Z2-7]{17}$/);
    assert.match(made.first('CreateDate'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal((await acme('CreateUser', { UserName: 'life' })).code, 'EntityAlreadyExists');
    assert.equal((await acme('CreateUser', { UserName: 'no good' })).code, 'ValidationError');
    const got = ok(await acme('GetUser', { UserName: 'life' }));
    assert.deepEqual([got.first('UserName'), got.first('Value')], ['life', 'büro']);
    ok(await acme('TagUser', { UserName: 'life', 'Tags.member.1.Key': 'Dept', 'Tags.member.1.Value': 'lab' }));
    ok(await acme('TagUser', { UserName: 'life', 'Tags.member.1.Key': 'floor', 'Tags.member.1.Value': '2' }));
    ok(await acme('UntagUser', { UserName: 'life', 'TagKeys.member.1': 'floor' }));
    assert.deepEqual(ok(await acme('ListUserTags', { UserName: 'life' })).all('Key'), ['Dept']);
    ok(await acme('UpdateUser', { UserName: 'life', NewUserName: 'living', NewPath: '/' }));
    assert.equal((await acme('GetUser', { UserName: 'life' })).code, 'NoSuchEntity');
    const key = await newKey(acme, 'living');
    assert.equal((await acme('DeleteUser', { UserName: 'living' })).code, 'DeleteConflict');
    ok(await acme('DeleteAccessKey', { UserName: 'living', AccessKeyId: key.accessKeyId }));
    ok(await acme('DeleteUser', { UserName: 'living' }));
    assert.equal((await acme('GetUser', { UserName: 'living' })).code, 'NoSuchEntity');
  });

  it('lists in pages, under a path, and the account only', async () => {
    for (const name of ['p1', 'p2', 'p3']) ok(await acme('CreateUser', { UserName: name, Path: '/pages/' }));
    const first = ok(await acme('ListUsers', { PathPrefix: '/pages/', MaxItems: '2' }));
    assert.deepEqual([first.all('UserName'), first.first('IsTruncated')], [['p1', 'p2'], 'true']);
    const rest = ok(await acme('ListUsers', { PathPrefix: '/pages/', MaxItems: '2', Marker: first.first('Marker') }));
    assert.deepEqual([rest.all('UserName'), rest.first('IsTruncated')], [['p3'], 'false']);
    const everybody = ok(await acme('ListUsers')).all('UserName');
    assert.deepEqual(everybody, ['acme-admin', 'acme-user', 'p1', 'p2', 'p3']);
    assert.ok(
      ok(await admin('ListUsers'))
        .all('UserName')
        .includes('other-user'),
    );
    assert.equal((await acme('ListUsers', { MaxItems: '0' })).code, 'ValidationError');
    assert.equal((await acme('ListUsers', { Marker: '!' })).code, 'ValidationError');
  });

  it('lets a user that IAM made do what policies say, and nothing else', async () => {
    await server.newClient({ credentials: keyOf('anna') }).send(new CreateBucketCommand({ Bucket: 'annas' }));
    ok(await admin('CreateUser', { UserName: 'worker' }));
    const key = await newKey(admin, 'worker');
    assert.equal(await tryList(key, 'annas'), 'AccessDenied');
    const worker = iamClient(server.endpoint, key);
    for (const action of ['GetUser', 'ListUsers', 'ListAccessKeys', 'CreateAccessKey']) {
      assert.equal((await worker(action)).code, 'AccessDenied', action);
    }
    const document = allow('s3:ListBucket', 'arn:aws:s3:::annas');
    ok(await admin('PutUserPolicy', { UserName: 'worker', PolicyName: 'list', PolicyDocument: document }));
    assert.equal(await tryList(key, 'annas'), 'ok');
    const got = ok(await admin('GetUserPolicy', { UserName: 'worker', PolicyName: 'list' }));
    assert.equal(decodeURIComponent(got.first('PolicyDocument')), document);
    assert.deepEqual(ok(await admin('ListUserPolicies', { UserName: 'worker' })).all('member'), ['list']);
    ok(await admin('DeleteUserPolicy', { UserName: 'worker', PolicyName: 'list' }));
    assert.equal(await tryList(key, 'annas'), 'AccessDenied');
    assert.equal((await admin('DeleteUserPolicy', { UserName: 'worker', PolicyName: 'list' })).code, 'NoSuchEntity');
    const bad = await admin('PutUserPolicy', {
      UserName: 'worker',
      PolicyName: 'x',
      PolicyDocument: '{"Statement":[]}',
    });
    assert.equal(bad.code, 'MalformedPolicyDocument');
    const long = allow('s3:ListBucket', `arn:aws:s3:::${'x'.repeat(3000)}`);
    const big = await admin('PutUserPolicy', { UserName: 'worker', PolicyName: 'x', PolicyDocument: long });
    assert.equal(big.code, 'LimitExceeded');
  });

  it('gives groups policies that count for who is in them', async () => {
    ok(await admin('CreateUser', { UserName: 'member' }));
    const key = await newKey(admin, 'member');
    const group = ok(await admin('CreateGroup', { GroupName: 'readers', Path: '/g/' }));
    assert.match(group.first('GroupId'), /^AGPA/);
    assert.equal((await admin('CreateGroup', { GroupName: 'readers' })).code, 'EntityAlreadyExists');
    const document = allow('s3:ListBucket', '*');
    ok(await admin('PutGroupPolicy', { GroupName: 'readers', PolicyName: 'list', PolicyDocument: document }));
    assert.equal(await tryList(key, 'annas'), 'AccessDenied');
    ok(await admin('AddUserToGroup', { GroupName: 'readers', UserName: 'member' }));
    assert.equal(await tryList(key, 'annas'), 'ok');
    assert.deepEqual(ok(await admin('GetGroup', { GroupName: 'readers' })).all('UserName'), ['member']);
    assert.deepEqual(ok(await admin('ListGroupsForUser', { UserName: 'member' })).all('GroupName'), ['readers']);
    assert.equal((await admin('DeleteGroup', { GroupName: 'readers' })).code, 'DeleteConflict');
    ok(await admin('UpdateGroup', { GroupName: 'readers', NewGroupName: 'lookers' }));
    ok(await admin('RemoveUserFromGroup', { GroupName: 'lookers', UserName: 'member' }));
    assert.equal(await tryList(key, 'annas'), 'AccessDenied');
    assert.equal((await admin('DeleteGroup', { GroupName: 'lookers' })).code, 'DeleteConflict');
    assert.deepEqual(ok(await admin('ListGroupPolicies', { GroupName: 'lookers' })).all('member'), ['list']);
    ok(await admin('DeleteGroupPolicy', { GroupName: 'lookers', PolicyName: 'list' }));
    ok(await admin('DeleteGroup', { GroupName: 'lookers' }));
    assert.deepEqual(ok(await admin('ListGroups')).all('GroupName'), []);
  });

  it('gives a person a password for the console and takes it away', async () => {
    ok(await acme('CreateUser', { UserName: 'clerk' }));
    assert.equal((await acme('GetLoginProfile', { UserName: 'clerk' })).code, 'NoSuchEntity');
    ok(await acme('CreateLoginProfile', { UserName: 'clerk', Password: PASSWORD }));
    const again = await acme('CreateLoginProfile', { UserName: 'clerk', Password: PASSWORD });
    assert.equal(again.code, 'EntityAlreadyExists');
    const client = await signInTo(server.consoleUrl, 'clerk', PASSWORD);
    assert.equal((await client.send('GET', '/api/v1/session')).status, 200);
    const clerk = iamClient(server.endpoint, await newKey(acme, 'clerk'));
    const wrong = await clerk('ChangePassword', { OldPassword: 'not this one', NewPassword: 'another long one' });
    assert.equal(wrong.code, 'AccessDenied');
    ok(await clerk('ChangePassword', { OldPassword: PASSWORD, NewPassword: 'another long one' }));
    assert.equal((await client.send('GET', '/api/v1/session')).status, 401);
    const short = await acme('UpdateLoginProfile', { UserName: 'clerk', Password: 'short' });
    assert.equal(short.code, 'ValidationError');
    ok(await acme('DeleteLoginProfile', { UserName: 'clerk' }));
    assert.equal((await acme('DeleteLoginProfile', { UserName: 'clerk' })).code, 'NoSuchEntity');
  });

  it('answers what an account has', async () => {
    const summary = ok(await acme('GetAccountSummary'));
    assert.equal(summary.all('key').length, summary.all('value').length);
    assert.ok(summary.all('key').includes('UsersQuota'));
    assert.deepEqual(ok(await acme('ListAccountAliases')).all('member'), []);
    assert.equal((await acme('NoSuchAction')).code, 'InvalidAction');
  });

  it('shows when a key was last used', async () => {
    const { accessKeyId } = keyOf('acme-user');
    const user = as('acme-user');
    const answer = ok(await user('GetAccessKeyLastUsed', { AccessKeyId: accessKeyId }));
    assert.equal(answer.first('UserName'), 'acme-user');
    const foreign = await as('other-admin')('GetAccessKeyLastUsed', { AccessKeyId: accessKeyId });
    assert.equal(foreign.code, 'NoSuchEntity');
  });

  it('keeps accounts apart: what another has is as good as absent', async () => {
    const cases: [string, Record<string, string>][] = [
      ['GetUser', {}],
      ['UpdateUser', { NewPath: '/x/' }],
      ['DeleteUser', {}],
      ['TagUser', { 'Tags.member.1.Key': 'a', 'Tags.member.1.Value': 'b' }],
      ['ListAccessKeys', {}],
      ['CreateAccessKey', {}],
      ['CreateLoginProfile', { Password: PASSWORD }],
      ['PutUserPolicy', { PolicyName: 'p', PolicyDocument: allow('*', '*') }],
      ['ListUserPolicies', {}],
      ['ListGroupsForUser', {}],
      ['DeleteAccessKey', { AccessKeyId: keyOf('other-user').accessKeyId }],
      ['UpdateAccessKey', { AccessKeyId: keyOf('other-user').accessKeyId, Status: 'Inactive' }],
    ];
    for (const [action, parameters] of cases) {
      const foreign = await acme(action, { UserName: 'other-user', ...parameters });
      const absent = await acme(action, { UserName: 'nobody-here', ...parameters });
      assert.equal(foreign.code, 'NoSuchEntity', action);
      const masked = foreign.xml.replaceAll('other-user', 'NAME').replace(/<RequestId>.*/, '');
      assert.equal(masked, absent.xml.replaceAll('nobody-here', 'NAME').replace(/<RequestId>.*/, ''), action);
      assert.equal(
        (await as('acme-user')(action, { UserName: 'other-user', ...parameters })).code,
        'AccessDenied',
        action,
      );
    }
    assert.equal((await acme('GetUser', { UserName: 'root' })).code, 'NoSuchEntity');
    assert.equal((await acme('GetUser', { UserName: 'anna' })).code, 'NoSuchEntity');
  });
});
