import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { findAccessKey } from '../../src-server/db/tables/access-key.ts';
import { forgetEndedSessions } from '../../src-server/services/sts/forget-sessions.ts';
import {
  ANN,
  BUCKET,
  context,
  credentialsIn,
  iam,
  must,
  newRole,
  OFFICE,
  policy,
  READ,
  read,
  s3Of,
  scene,
  session,
  sts,
  trust,
} from '../support/s3/sts-scene.ts';
import { identityOf, keyOf } from '../support/users.ts';

after(() => scene.close());

test('a session ends with everything behind it', async () => {
  const role = await newRole([READ]);
  const change = (await iam('boss', 'DeleteRolePolicy', { RoleName: role, PolicyName: 'absent' })).outcome;
  assert.equal(change, '404 NoSuchEntity');
  const first = await session('ann', role);
  assert.equal(await read(first), 'ok');
  await must(iam('boss', 'DeleteRolePolicy', { RoleName: role, PolicyName: 'p' }));
  assert.equal(await read(first), '403 AccessDenied', 'with the role’s policy its rights go at once');
  await must(iam('boss', 'PutRolePolicy', { RoleName: role, PolicyName: 'p', PolicyDocument: policy(READ) }));
  assert.equal(await read(first), 'ok');
  await must(iam('boss', 'DeleteRolePolicy', { RoleName: role, PolicyName: 'p' }));
  await must(iam('boss', 'DeleteRole', { RoleName: role }));
  assert.equal(await read(first), '403 InvalidAccessKeyId', 'with the role the session');
  await must(iam('boss', 'CreateRole', { RoleName: role, AssumeRolePolicyDocument: trust(ANN) }));
  assert.equal(await read(first), '403 InvalidAccessKeyId', 'another role of its name is another role');
});

test('the key and the user that asked end the session, for as long as they may not', async () => {
  const role = await newRole([READ], trust(`arn:aws:iam::${OFFICE}:user/abe`));
  const ofRole = await session('abe', role);
  const ofUser = credentialsIn(await must(sts('abe', 'GetSessionToken')));
  const onward = await session(ofUser, role);
  const all = () =>
    Promise.all([ofRole, ofUser, onward].map(async (one) => (await sts(one, 'GetCallerIdentity')).outcome));
  const set = async (state: 'active' | 'disabled') => {
    const { userId } = await identityOf(context, 'chief');
    await context.engine.submit('update-user', {
      actorId: userId,
      name: 'abe',
      displayName: undefined,
      email: undefined,
      role: undefined,
      state,
    });
  };
  assert.deepEqual(await all(), ['ok', 'ok', 'ok']);
  await set('disabled');
  assert.deepEqual(await all(), Array(3).fill('403 InvalidClientTokenId'));
  await set('active');
  assert.deepEqual(await all(), ['ok', 'ok', 'ok']);
  const { userId: actorId } = await identityOf(context, 'chief');
  await context.engine.submit('delete-access-key', { actorId, accessKeyId: keyOf('abe').accessKeyId });
  assert.deepEqual(await all(), Array(3).fill('403 InvalidClientTokenId'));
});

test('a session that ran out is told so, once its secret is proven', async () => {
  const role = await newRole([READ]);
  const credentials = await session('ann', role, { DurationSeconds: '900' });
  const signer = s3Of(credentials);
  const url = await getSignedUrl(signer, new GetObjectCommand({ Bucket: BUCKET, Key: 'a/1' }), { expiresIn: 3600 });
  const post = await createPresignedPost(signer, { Bucket: BUCKET, Key: 'form/1', Expires: 3600 });
  const { now } = context;
  Object.assign(context, { now: () => now() + 901_000 });
  try {
    const { status, text } = await fetch(url).then(async (answer) => ({
      status: answer.status,
      text: await answer.text(),
    }));
    assert.equal(status, 400);
    assert.match(text, /<Code>ExpiredToken<\/Code>/);
    const forged = await fetch(url.replace(/X-Amz-Signature=.{8}/, 'X-Amz-Signature=00000000'));
    assert.equal(forged.status, 403, 'nobody learns of it who cannot sign');
    const form = new FormData();
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
    form.append('file', new Blob(['posted']));
    assert.match(await (await fetch(post.url, { method: 'POST', body: form })).text(), /<Code>ExpiredToken<\/Code>/);
  } finally {
    Object.assign(context, { now });
  }
  assert.equal(await read(credentials), 'ok');
});

test('sessions that ended a day ago are forgotten, others are not', async () => {
  const role = await newRole([READ]);
  const credentials = await session('ann', role);
  const { now } = context;
  assert.equal(await forgetEndedSessions(context), 0);
  Object.assign(context, { now: () => now() + 90_000_000 });
  const forgotten = await forgetEndedSessions(context);
  Object.assign(context, { now });
  assert.ok(forgotten > 0);
  assert.equal(await read(credentials), '403 InvalidAccessKeyId');
});

test('a key with a policy of its own opens no session that is wider than it, and no session makes a wider key', async () => {
  const role = await newRole([{ Action: '*' }], trust(`arn:aws:iam::${OFFICE}:user/boss`));
  const { userId: actorId } = await identityOf(context, 'chief');
  const narrow = { accessKeyId: 'KEY-narrow', secretAccessKey: 'secret-of-narrow' };
  const onlyA = { Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/a/*` };
  const limits = { Action: ['sts:AssumeRole', 'iam:CreateAccessKey'], Resource: '*' };
  await context.engine.submit('create-access-key', {
    actorId,
    userName: 'boss',
    key: {
      accessKeyId: narrow.accessKeyId,
      sealedSecret: context.keys.sealSecret(narrow.secretAccessKey, narrow.accessKeyId),
    },
    label: '',
    expiresMs: null,
    limits: { policy: policy(onlyA, limits), source_ips: null },
    nowMs: context.now(),
  });
  const ofUser = credentialsIn(await must(sts(narrow, 'GetSessionToken')));
  const ofRole = await session(narrow, role);
  const chained = await session(ofUser, role);
  for (const one of [narrow, ofUser, ofRole, chained]) {
    assert.deepEqual([await read(one, 'a/1'), await read(one, 'b/1')], ['ok', '403 AccessDenied']);
    assert.equal((await iam(one, 'ListRoles')).outcome, '403 AccessDenied');
    assert.equal((await iam(one, 'PutRolePolicy', { RoleName: role })).outcome.slice(0, 2), '40');
  }
  // What a bucket gives the very session would reach past a session policy, but not past the key.
  const child = await must(iam(ofRole, 'CreateAccessKey', { UserName: 'abe' }));
  const made = {
    accessKeyId: child.element('AccessKeyId') ?? '',
    secretAccessKey: child.element('SecretAccessKey') ?? '',
  };
  assert.equal((await sts(made, 'GetCallerIdentity')).outcome, 'ok');
  assert.equal(
    (await iam(made, 'GetUser', { UserName: 'abe' })).outcome,
    '403 AccessDenied',
    'abe may, the key may not',
  );
  const onlyHere = await context.catalogue.read((tx) => findAccessKey(tx, made.accessKeyId));
  assert.equal(onlyHere?.policy, policy(onlyA, limits));
});

test('who is of a suspended tenant gets in with no session either', async () => {
  const role = await newRole([READ], trust('*'));
  const [ofRole, ofUser] = [await session('bob', role), credentialsIn(await must(sts('boss', 'GetSessionToken')))];
  const { userId: actorId } = await identityOf(context, 'chief');
  const set = (state: 'active' | 'suspended') =>
    context.engine.submit('update-tenant', { actorId, name: 'office', changes: { state } });
  await set('suspended');
  for (const one of [ofRole, ofUser]) assert.equal(await read(one), '403 InvalidAccessKeyId');
  await set('active');
  for (const one of [ofRole, ofUser]) assert.equal(await read(one), 'ok');
});
