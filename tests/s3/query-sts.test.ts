import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import {
  ANN,
  account,
  assume,
  BUCKET,
  credentialsIn,
  iam,
  must,
  newRole,
  OFFICE,
  type Parameters,
  policy,
  READ,
  read,
  roleArn,
  s3Of,
  scene,
  session,
  sts,
  trust,
} from '../support/s3/sts-scene.ts';
import { keyOf } from '../support/users.ts';

after(() => scene.close());

test('a role is assumed, and its session does what the role may and no more', async () => {
  const role = await newRole([READ]);
  const answer = await must(assume('ann', role));
  const credentials = credentialsIn(answer);
  assert.match(credentials.accessKeyId, /^ASIA[A-Z2-7]{16}$/);
  assert.match(answer.element('AssumedRoleId') ?? '', /^AROA[A-Z2-7]{17}:night$/);
  assert.equal(answer.element('Arn'), `arn:aws:sts::${OFFICE}:assumed-role/${role}/night`);
  const me = await must(sts(credentials, 'GetCallerIdentity'));
  assert.equal(me.element('Arn'), answer.element('Arn'));
  assert.equal(me.element('UserId'), answer.element('AssumedRoleId'));
  assert.equal(await read(credentials), 'ok');
  const client = s3Of(credentials);
  assert.equal(await refusalOf(client.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'x' }))), '403 AccessDenied');
  assert.equal(await refusalOf(client.send(new ListBucketsCommand({}))), '403 AccessDenied');
  assert.equal((await iam(credentials, 'ListRoles')).outcome, '403 AccessDenied');
  const life = Date.parse(answer.element('Expiration') ?? '') - Date.now();
  assert.ok(life > 3_590_000 && life <= 3_601_000, `an hour: ${life}`);
});

test('a session works in header, presigned URL and form, and with its own token only', async () => {
  const role = await newRole([READ, { Action: 's3:PutObject', Resource: `arn:aws:s3:::${BUCKET}/form/*` }]);
  const credentials = await session('ann', role);
  const client = s3Of(credentials);
  const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: BUCKET, Key: 'a/1' }), { expiresIn: 60 });
  assert.match(url, /X-Amz-Security-Token=/);
  assert.equal(await (await fetch(url)).text(), 'one');
  const post = await createPresignedPost(client, { Bucket: BUCKET, Key: 'form/1', Expires: 60 });
  const form = new FormData();
  for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
  form.append('file', new Blob(['posted']));
  assert.equal((await fetch(post.url, { method: 'POST', body: form })).status, 204);

  const other = await session('ann', role);
  assert.equal(await read({ ...credentials, sessionToken: other.sessionToken }), '400 InvalidToken');
  const { sessionToken: _none, ...without } = credentials;
  assert.equal(await read(without), '400 InvalidToken');
  assert.equal(await read({ ...keyOf('boss'), sessionToken: other.sessionToken }), '400 InvalidToken');
  assert.equal((await sts(without, 'GetCallerIdentity')).element('Code'), 'InvalidClientTokenId');
});

test('who may assume: trust, and the caller’s own policies', async () => {
  const ofAccount = await newRole([READ], trust(OFFICE));
  const refusal = await assume('ann', ofAccount);
  assert.equal(refusal.outcome, '403 AccessDenied', 'a trust in the account leaves it to the account’s policies');
  const message = `User: ${ANN} is not authorized to perform: sts:AssumeRole on resource: ${roleArn(ofAccount)}`;
  assert.equal(refusal.element('Message'), message);
  assert.equal((await assume('boss', ofAccount)).outcome, 'ok', 'who administers the account');
  const made = await must(
    iam('boss', 'CreatePolicy', {
      PolicyName: 'may-assume',
      PolicyDocument: policy({ Action: 'sts:AssumeRole', Resource: roleArn(ofAccount) }),
    }),
  );
  const PolicyArn = made.element('Arn') ?? '';
  await must(iam('boss', 'AttachUserPolicy', { UserName: 'ann', PolicyArn }));
  assert.equal((await assume('ann', ofAccount)).outcome, 'ok', 'with a policy of her own');
  const notHers = await newRole([READ], trust(`arn:aws:iam::${OFFICE}:user/abe`));
  assert.equal((await assume('ann', notHers)).outcome, '403 AccessDenied');
  assert.equal((await assume('boss', notHers)).outcome, '403 AccessDenied', 'an admin who is not trusted');
  assert.equal((await assume('abe', notHers)).outcome, 'ok', 'named by the trust policy');
  await must(iam('boss', 'DetachUserPolicy', { UserName: 'ann', PolicyArn }));
  assert.equal((await assume('ann', 'absent')).outcome, '403 AccessDenied', 'an absent role is one that refuses');
  assert.equal((await assume('ann', 'no-arn:')).outcome, '400 ValidationError');
  const { accessKeyId, secretAccessKey } = scene.server.rootCredentials;
  const rootTrust = await newRole([READ], trust('*'));
  assert.equal((await assume({ accessKeyId, secretAccessKey }, rootTrust)).outcome, '403 AccessDenied', 'root never');
});

test('across accounts both sides have to allow', async () => {
  const bob = await account('bob');
  const role = await newRole([READ], trust(bob));
  assert.equal(await read(await session('bob', role)), 'ok', 'bob is an account of his own');
  assert.equal((await assume('ann', role)).outcome, '403 AccessDenied');
  const made = await must(iam('chief', 'CreateRole', { RoleName: 'lent', AssumeRolePolicyDocument: trust(OFFICE) }));
  const lent = made.element('Arn') ?? '';
  assert.equal(
    (await assume('ann', lent)).outcome,
    '403 AccessDenied',
    'her account is trusted, she was given nothing',
  );
  assert.equal((await assume('boss', lent)).outcome, 'ok');
});

test('an explicit deny on either side refuses', async () => {
  const denies = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: OFFICE }, Action: 'sts:AssumeRole' },
      { Effect: 'Deny', Principal: { AWS: ANN }, Action: 'sts:AssumeRole' },
      { Effect: 'Allow', Principal: { AWS: ANN }, Action: 'sts:AssumeRole' },
    ],
  });
  assert.equal((await assume('ann', await newRole([READ], denies))).outcome, '403 AccessDenied');
});

test('external id, session name, source identity and tags are conditions', async () => {
  const equals = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });
  const external = await newRole([READ], trust(ANN, equals('sts:ExternalId', 'ticket-7')));
  assert.equal((await assume('ann', external)).outcome, '403 AccessDenied');
  assert.equal((await assume('ann', external, { ExternalId: 'ticket-8' })).outcome, '403 AccessDenied');
  assert.equal((await assume('ann', external, { ExternalId: 'ticket-7' })).outcome, 'ok');
  assert.equal((await assume('ann', external, { ExternalId: 'a b' })).outcome, '400 ValidationError');
  const named = await newRole([READ], trust(ANN, equals('sts:RoleSessionName', 'ann')));
  assert.equal((await assume('ann', named)).outcome, '403 AccessDenied');
  assert.equal((await assume('ann', named, { RoleSessionName: 'ann' })).outcome, 'ok');
  for (const RoleSessionName of ['x', 'a b', 'a/b', 'n'.repeat(65), ''])
    assert.equal((await assume('ann', named, { RoleSessionName })).outcome, '400 ValidationError');

  const tag: Parameters = { 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'a' };
  assert.equal((await assume('ann', external, { ExternalId: 'ticket-7', ...tag })).outcome, '403 AccessDenied');
  const all = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
  const tagged = await newRole(
    [{ Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/\${aws:PrincipalTag/team}/*` }],
    trust(ANN, {}, all),
  );
  const credentials = await session('ann', tagged, tag);
  assert.equal(await read(credentials, 'a/1'), 'ok');
  assert.equal(await read(credentials, 'b/1'), '403 AccessDenied');
  const source = await must(assume('ann', tagged, { SourceIdentity: 'ann-herself' }));
  assert.equal(source.element('SourceIdentity'), 'ann-herself');
});

test('a session policy narrows and never widens; several are one together', async () => {
  const role = await newRole([READ]);
  const onlyB = policy({ Action: 's3:*', Resource: `arn:aws:s3:::${BUCKET}/b/*` });
  const narrowed = await session('ann', role, { Policy: onlyB });
  assert.equal(await read(narrowed, 'b/1'), 'ok');
  assert.equal(await read(narrowed, 'a/1'), '403 AccessDenied');
  const put = s3Of(narrowed).send(new PutObjectCommand({ Bucket: BUCKET, Key: 'b/2' }));
  assert.equal(await refusalOf(put), '403 AccessDenied', 'which the role may not');
  const document = policy({ Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/a/*` });
  const made = await must(iam('boss', 'CreatePolicy', { PolicyName: 'only-a', PolicyDocument: document }));
  const arns = { 'PolicyArns.member.1.arn': made.element('Arn') ?? '' };
  const onlyA = await session('ann', role, arns);
  assert.deepEqual([await read(onlyA, 'a/1'), await read(onlyA, 'b/1')], ['ok', '403 AccessDenied']);
  const both = await session('ann', role, { ...arns, Policy: onlyB });
  assert.deepEqual([await read(both, 'a/1'), await read(both, 'b/1')], ['ok', 'ok']);
  assert.equal((await assume('ann', role, { Policy: '{' })).outcome, '400 MalformedPolicyDocument');
  const absent = { 'PolicyArns.member.1.arn': `arn:aws:iam::${OFFICE}:policy/absent` };
  assert.equal((await assume('ann', role, absent)).outcome, '404 NoSuchEntity');
  const denied = await session('ann', role, {
    Policy: policy({ Action: '*' }, { Action: 's3:GetObject', Effect: 'Deny' }),
  });
  assert.equal(await read(denied), '403 AccessDenied');
});

test('durations keep to the role’s limit, and to an hour where roles are chained', async () => {
  const role = await newRole([READ], trust('*'), { MaxSessionDuration: '7200' });
  assert.equal((await assume('ann', role, { DurationSeconds: '899' })).outcome, '400 ValidationError');
  assert.equal((await assume('ann', role, { DurationSeconds: '7201' })).outcome, '400 ValidationError');
  const longest = await must(assume('ann', role, { DurationSeconds: '7200' }));
  const life = Date.parse(longest.element('Expiration') ?? '') - Date.now();
  assert.ok(life > 7_190_000 && life <= 7_201_000);
  const first = await newRole([{ Action: 'sts:*' }]);
  const chained = await session('ann', first);
  assert.equal((await assume(chained, role, { DurationSeconds: '3601' })).outcome, '400 ValidationError');
  assert.equal(await read(await session(chained, role)), 'ok');
});

test('what is handed on through a chain stays: transitive tags, source identity', async () => {
  const all = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
  const first = await newRole([{ Action: 'sts:*' }], trust(ANN, {}, all));
  const second = await newRole(
    [{ ...READ, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a', 'aws:SourceIdentity': 'anna' } } }],
    trust(OFFICE, {}, all),
  );
  const tag = { 'Tags.member.1.Key': 'team', 'Tags.member.1.Value': 'a' };
  const kept = await session('ann', first, { ...tag, 'TransitiveTagKeys.member.1': 'team', SourceIdentity: 'anna' });
  assert.equal(await read(await session(kept, second)), 'ok');
  assert.equal((await assume(kept, second, tag)).outcome, '400 ValidationError', 'nobody overrides it');
  assert.equal((await assume(kept, second, { SourceIdentity: 'bert' })).outcome, '403 AccessDenied');
  const lost = await session('ann', first, { ...tag, SourceIdentity: 'anna' });
  assert.equal(await read(await session(lost, second)), '403 AccessDenied', 'the tag was not transitive');
});

test('GetSessionToken: the user for a while, without IAM and most of STS', async () => {
  const credentials = credentialsIn(await must(sts('boss', 'GetSessionToken')));
  assert.equal(await read(credentials), 'ok');
  assert.equal((await sts(credentials, 'GetCallerIdentity')).element('Arn'), `arn:aws:iam::${OFFICE}:user/boss`);
  assert.equal((await iam(credentials, 'ListRoles')).outcome, '403 AccessDenied');
  assert.equal((await sts(credentials, 'GetSessionToken')).outcome, '403 AccessDenied');
  const keyInfo = { AccessKeyId: credentials.accessKeyId };
  assert.equal((await sts(credentials, 'GetAccessKeyInfo', keyInfo)).outcome, '403 AccessDenied');
  assert.equal((await sts('boss', 'GetAccessKeyInfo', keyInfo)).element('Account'), OFFICE);
  assert.equal((await sts('bob', 'GetAccessKeyInfo', keyInfo)).outcome, '403 AccessDenied');
  const role = await newRole([READ], trust(`arn:aws:iam::${OFFICE}:user/boss`));
  assert.equal(await read(await session(credentials, role)), 'ok');
  const ofRole = await session('boss', role);
  assert.equal((await sts(ofRole, 'GetSessionToken')).outcome, '403 AccessDenied', 'not from a role’s session');
  assert.equal((await sts('boss', 'GetSessionToken', { DurationSeconds: '129601' })).outcome, '400 ValidationError');
  assert.equal((await sts('boss', 'GetSessionToken', { TokenCode: '123456' })).outcome, '403 AccessDenied');
});
