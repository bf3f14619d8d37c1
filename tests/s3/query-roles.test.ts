import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBucketScene } from '../support/s3/bucket-scene.ts';
import { callQuery, type QueryAnswer } from '../support/s3/query-client.ts';
import { keyOf } from '../support/users.ts';

const scene = await openBucketScene();
after(() => scene.close());

function iam(user: string, Action: string, parameters: Record<string, string> = {}): Promise<QueryAnswer> {
  return callQuery(scene.server.endpoint, keyOf(user), 'iam', { Action, ...parameters });
}

async function accountOf(user: string): Promise<string> {
  const answer = await callQuery(scene.server.endpoint, keyOf(user), 'sts', { Action: 'GetCallerIdentity' });
  return answer.element('Account') ?? '';
}

function policy(action: string, resource = '*'): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  });
}

function trust(account: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
  });
}

test('a managed policy lives through its versions', async () => {
  const made = await iam('boss', 'CreatePolicy', {
    PolicyName: 'reads',
    Path: '/team/',
    PolicyDocument: policy('s3:GetObject'),
    'Tags.member.1.Key': 'cost',
    'Tags.member.1.Value': '7',
  });
  assert.equal(made.outcome, 'ok', made.xml);
  const arn = made.element('Arn') ?? '';
  assert.equal(arn, `arn:aws:iam::${await accountOf('boss')}:policy/team/reads`);
  assert.match(made.element('PolicyId') ?? '', /^ANPA[A-Z2-7]{17}$/);
  assert.equal(made.element('DefaultVersionId'), 'v1');
  const again = await iam('boss', 'CreatePolicy', { PolicyName: 'reads', PolicyDocument: policy('s3:*') });
  assert.equal(again.outcome, '409 EntityAlreadyExists');

  for (const version of [2, 3, 4, 5]) {
    const added = await iam('boss', 'CreatePolicyVersion', {
      PolicyArn: arn,
      PolicyDocument: policy(`s3:Get${version}*`),
      SetAsDefault: String(version === 3),
    });
    assert.equal(added.element('VersionId'), `v${version}`);
    assert.equal(added.element('IsDefaultVersion'), String(version === 3));
  }
  const sixth = { PolicyArn: arn, PolicyDocument: policy('s3:*') };
  assert.equal((await iam('boss', 'CreatePolicyVersion', sixth)).outcome, '409 LimitExceeded');
  const remove = (VersionId: string) => iam('boss', 'DeletePolicyVersion', { PolicyArn: arn, VersionId });
  assert.equal((await remove('v3')).outcome, '409 DeleteConflict');
  assert.equal((await remove('v9')).outcome, '404 NoSuchEntity');
  assert.equal((await remove('9')).outcome, '400 ValidationError');
  assert.equal((await iam('boss', 'DeletePolicy', { PolicyArn: arn })).outcome, '409 DeleteConflict');
  assert.equal((await iam('boss', 'SetDefaultPolicyVersion', { PolicyArn: arn, VersionId: 'v4' })).outcome, 'ok');
  for (const version of ['v1', 'v2', 'v3', 'v5']) assert.equal((await remove(version)).outcome, 'ok');
  const next = await iam('boss', 'CreatePolicyVersion', { PolicyArn: arn, PolicyDocument: policy('s3:*') });
  assert.equal(next.element('VersionId'), 'v6', 'numbers are not used again');
  const shown = await iam('boss', 'GetPolicyVersion', { PolicyArn: arn, VersionId: 'v4' });
  assert.equal(decodeURIComponent(shown.element('Document') ?? ''), policy('s3:Get4*'));
  assert.deepEqual((await iam('boss', 'ListPolicyVersions', { PolicyArn: arn })).elements('VersionId'), ['v6', 'v4']);
  assert.equal((await remove('v6')).outcome, 'ok');

  await iam('boss', 'TagPolicy', { PolicyArn: arn, 'Tags.member.1.Key': 'a', 'Tags.member.1.Value': 'b' });
  await iam('boss', 'UntagPolicy', { PolicyArn: arn, 'TagKeys.member.1': 'cost' });
  assert.deepEqual((await iam('boss', 'ListPolicyTags', { PolicyArn: arn })).elements('Key'), ['a']);
  assert.equal((await iam('boss', 'GetPolicy', { PolicyArn: arn })).element('DefaultVersionId'), 'v4');
  assert.equal((await iam('boss', 'DeletePolicy', { PolicyArn: arn })).outcome, 'ok');
  assert.equal((await iam('boss', 'GetPolicy', { PolicyArn: arn })).outcome, '404 NoSuchEntity');
});

test('what is no policy is refused with the reason', async () => {
  const create = (PolicyDocument: string, PolicyName = 'bad') =>
    iam('boss', 'CreatePolicy', { PolicyName, PolicyDocument });
  for (const document of [
    '{',
    '{"Statement":[]}',
    policy('GetObject'),
    policy('s3:GetObject', 'box/*'),
    trust('123456789012'),
    policy('s3:*').replace('Resource', 'Ressource'),
  ]) {
    const answer = await create(document);
    assert.equal(answer.outcome, '400 MalformedPolicyDocument', document);
    assert.ok((answer.element('Message') ?? '').length > 10);
  }
  const long = `arn:aws:s3:::box/${'x'.repeat(6200)}`;
  assert.equal((await create(policy('s3:*', long))).outcome, '409 LimitExceeded');
  assert.equal((await create(policy('s3:*'), 'a b')).outcome, '400 ValidationError');
  assert.equal((await iam('boss', 'GetPolicy', { PolicyArn: 'arn:aws:s3:::x' })).outcome, '400 ValidationError');
  const noTrust = { RoleName: 'r', AssumeRolePolicyDocument: policy('sts:AssumeRole') };
  assert.equal((await iam('boss', 'CreateRole', noTrust)).outcome, '400 MalformedPolicyDocument');
});

test('policies that come with the product are there and nobody changes them', async () => {
  const listed = await iam('boss', 'ListPolicies', { Scope: 'AWS' });
  assert.ok(listed.elements('Arn').includes('arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'), listed.xml);
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  assert.equal((await iam('chief', 'DeletePolicy', { PolicyArn })).outcome, '403 AccessDenied');
  const version = { PolicyArn, PolicyDocument: policy('s3:*') };
  assert.equal((await iam('chief', 'CreatePolicyVersion', version)).outcome, '403 AccessDenied');
  const shown = await iam('boss', 'GetPolicyVersion', { PolicyArn, VersionId: 'v1' });
  assert.match(decodeURIComponent(shown.element('Document') ?? ''), /"Action":\["\*"\]/);
});

test('attaching, listing, who carries it, detaching', async () => {
  const PolicyArn =
    (await iam('boss', 'CreatePolicy', { PolicyName: 'p', PolicyDocument: policy('s3:Get*') })).element('Arn') ?? '';
  await iam('boss', 'CreateRole', { RoleName: 'worker', AssumeRolePolicyDocument: trust(await accountOf('boss')) });
  for (const _twice of [1, 2]) {
    assert.equal((await iam('boss', 'AttachUserPolicy', { UserName: 'ann', PolicyArn })).outcome, 'ok');
    assert.equal((await iam('boss', 'AttachRolePolicy', { RoleName: 'worker', PolicyArn })).outcome, 'ok');
  }
  const ofAnn = await iam('boss', 'ListAttachedUserPolicies', { UserName: 'ann' });
  assert.deepEqual(ofAnn.elements('PolicyName'), ['p']);
  const entities = await iam('boss', 'ListEntitiesForPolicy', { PolicyArn });
  assert.deepEqual([entities.element('UserName'), entities.element('RoleName')], ['ann', 'worker']);
  assert.equal((await iam('boss', 'GetPolicy', { PolicyArn })).element('AttachmentCount'), '2');
  assert.equal((await iam('boss', 'DeletePolicy', { PolicyArn })).outcome, '409 DeleteConflict');
  assert.equal((await iam('boss', 'DeleteRole', { RoleName: 'worker' })).outcome, '409 DeleteConflict');
  assert.equal((await iam('boss', 'AttachGroupPolicy', { GroupName: 'none', PolicyArn })).outcome, '404 NoSuchEntity');
  assert.equal((await iam('boss', 'AttachUserPolicy', { UserName: 'bob', PolicyArn })).outcome, '404 NoSuchEntity');
  assert.equal((await iam('boss', 'DetachUserPolicy', { UserName: 'ann', PolicyArn })).outcome, 'ok');
  assert.equal((await iam('boss', 'DetachUserPolicy', { UserName: 'ann', PolicyArn })).outcome, '404 NoSuchEntity');
  assert.equal((await iam('boss', 'DetachRolePolicy', { RoleName: 'worker', PolicyArn })).outcome, 'ok');

  const bound = { RoleName: 'worker', PermissionsBoundary: PolicyArn };
  assert.equal((await iam('boss', 'PutRolePermissionsBoundary', bound)).outcome, 'ok');
  assert.equal((await iam('boss', 'GetRole', { RoleName: 'worker' })).element('PermissionsBoundaryArn'), PolicyArn);
  const bounded = await iam('boss', 'ListEntitiesForPolicy', { PolicyArn, PolicyUsageFilter: 'PermissionsBoundary' });
  assert.deepEqual(bounded.elements('RoleName'), ['worker']);
  assert.equal((await iam('boss', 'DeletePolicy', { PolicyArn })).outcome, '409 DeleteConflict');
  assert.equal((await iam('boss', 'DeleteRolePermissionsBoundary', { RoleName: 'worker' })).outcome, 'ok');
  assert.equal((await iam('boss', 'DeletePolicy', { PolicyArn })).outcome, 'ok');
  assert.equal((await iam('boss', 'DeleteRole', { RoleName: 'worker' })).outcome, 'ok');
});

test('a role with inline policies, tags and facts', async () => {
  const account = await accountOf('boss');
  const made = await iam('boss', 'CreateRole', {
    RoleName: 'nightly',
    Path: '/jobs/',
    AssumeRolePolicyDocument: trust(account),
    Description: 'a < b',
    MaxSessionDuration: '7200',
    'Tags.member.1.Key': 'team',
    'Tags.member.1.Value': 'ops',
  });
  assert.equal(made.element('Arn'), `arn:aws:iam::${account}:role/jobs/nightly`, made.xml);
  assert.equal(made.element('Description'), 'a &lt; b');
  assert.match(made.element('RoleId') ?? '', /^AROA/);
  assert.equal(decodeURIComponent(made.element('AssumeRolePolicyDocument') ?? ''), trust(account));
  const twice = { RoleName: 'nightly', AssumeRolePolicyDocument: trust(account) };
  assert.equal((await iam('boss', 'CreateRole', twice)).outcome, '409 EntityAlreadyExists');
  const inline = { RoleName: 'nightly', PolicyName: 'in', PolicyDocument: policy('s3:Put*') };
  assert.equal((await iam('boss', 'PutRolePolicy', inline)).outcome, 'ok');
  const shown = await iam('boss', 'GetRolePolicy', { RoleName: 'nightly', PolicyName: 'in' });
  assert.equal(decodeURIComponent(shown.element('PolicyDocument') ?? ''), policy('s3:Put*'));
  assert.match((await iam('boss', 'ListRolePolicies', { RoleName: 'nightly' })).xml, /<member>in<\/member>/);
  assert.equal((await iam('boss', 'DeleteRole', { RoleName: 'nightly' })).outcome, '409 DeleteConflict');
  const gone = { RoleName: 'nightly', PolicyName: 'in' };
  assert.equal((await iam('boss', 'DeleteRolePolicy', gone)).outcome, 'ok');
  assert.equal((await iam('boss', 'DeleteRolePolicy', gone)).outcome, '404 NoSuchEntity');
  assert.equal((await iam('boss', 'GetRolePolicy', gone)).outcome, '404 NoSuchEntity');

  const update = { RoleName: 'nightly', Description: 'new', MaxSessionDuration: '3600' };
  assert.equal((await iam('boss', 'UpdateRole', update)).outcome, 'ok');
  const short = { RoleName: 'nightly', MaxSessionDuration: '900' };
  assert.equal((await iam('boss', 'UpdateRole', short)).outcome, '400 ValidationError');
  const other = { RoleName: 'nightly', PolicyDocument: trust('210987654321') };
  assert.equal((await iam('boss', 'UpdateAssumeRolePolicy', other)).outcome, 'ok');
  await iam('boss', 'TagRole', { RoleName: 'nightly', 'Tags.member.1.Key': 'x', 'Tags.member.1.Value': 'y' });
  await iam('boss', 'UntagRole', { RoleName: 'nightly', 'TagKeys.member.1': 'team' });
  const role = await iam('boss', 'GetRole', { RoleName: 'nightly' });
  assert.deepEqual([role.element('Description'), role.element('MaxSessionDuration')], ['new', '3600']);
  assert.match(decodeURIComponent(role.element('AssumeRolePolicyDocument') ?? ''), /210987654321/);
  assert.deepEqual(role.elements('Key'), ['x']);
  assert.deepEqual((await iam('boss', 'ListRoleTags', { RoleName: 'nightly' })).elements('Value'), ['y']);
  assert.equal((await iam('boss', 'DeleteRole', { RoleName: 'nightly' })).outcome, 'ok');
});

test('lists come in pages that lose nothing', async () => {
  const account = await accountOf('boss');
  const names = Array.from({ length: 7 }, (_, index) => `page-${index}`);
  for (const RoleName of names) await iam('boss', 'CreateRole', { RoleName, AssumeRolePolicyDocument: trust(account) });
  const seen: string[] = [];
  let marker: string | undefined;
  do {
    const page = await iam('boss', 'ListRoles', { MaxItems: '3', ...(marker !== undefined && { Marker: marker }) });
    assert.ok(page.elements('RoleName').length <= 3);
    seen.push(...page.elements('RoleName'));
    marker = page.element('Marker');
    assert.equal(page.element('IsTruncated'), String(marker !== undefined));
  } while (marker !== undefined);
  assert.deepEqual(seen, names);
  assert.equal((await iam('boss', 'ListRoles', { MaxItems: '0' })).outcome, '400 ValidationError');
  assert.equal((await iam('boss', 'ListRoles', { Marker: '?' })).outcome, '400 ValidationError');
});

test('who administers nothing may nothing of this, and accounts do not see each other', async () => {
  const created = await iam('boss', 'CreatePolicy', { PolicyName: 'secret', PolicyDocument: policy('s3:*') });
  const PolicyArn = created.element('Arn') ?? '';
  await iam('boss', 'CreateRole', { RoleName: 'hidden', AssumeRolePolicyDocument: trust(await accountOf('boss')) });
  for (const user of ['ann', 'reader', 'bob']) {
    assert.equal((await iam(user, 'ListPolicies')).outcome, '403 AccessDenied');
    assert.equal((await iam(user, 'ListRoles')).outcome, '403 AccessDenied');
    assert.equal((await iam(user, 'GetPolicy', { PolicyArn })).outcome, '403 AccessDenied');
    assert.equal((await iam(user, 'AttachUserPolicy', { UserName: user, PolicyArn })).outcome, '403 AccessDenied');
    assert.equal((await iam(user, 'GetRole', { RoleName: 'absent' })).outcome, '403 AccessDenied');
    const role = { RoleName: 'mine', AssumeRolePolicyDocument: trust('123456789012') };
    assert.equal((await iam(user, 'CreateRole', role)).outcome, '403 AccessDenied');
  }
  // An admin of the install reaches policies of others by name, but a tenant's admin those of its own account alone.
  assert.equal((await iam('chief', 'GetPolicy', { PolicyArn })).outcome, 'ok');
  const ofChief = await iam('chief', 'CreatePolicy', { PolicyName: 'above', PolicyDocument: policy('s3:*') });
  const above = { PolicyArn: ofChief.element('Arn') ?? '' };
  assert.equal((await iam('boss', 'GetPolicy', above)).outcome, '404 NoSuchEntity');
  assert.equal((await iam('boss', 'DeletePolicy', above)).outcome, '404 NoSuchEntity');
  assert.equal((await iam('boss', 'AttachUserPolicy', { UserName: 'ann', ...above })).outcome, '404 NoSuchEntity');
  assert.equal((await iam('chief', 'GetRole', { RoleName: 'hidden' })).outcome, '404 NoSuchEntity');
});

test('the simulator says what policies allow, and which decides', async () => {
  const decisions = (answer: QueryAnswer) => answer.elements('EvalDecision').join(' ');
  const custom = await iam('boss', 'SimulateCustomPolicy', {
    'PolicyInputList.member.1': policy('s3:Get*', 'arn:aws:s3:::box/*'),
    'ActionNames.member.1': 's3:GetObject',
    'ActionNames.member.2': 's3:PutObject',
    'ResourceArns.member.1': 'arn:aws:s3:::box/a',
    'ResourceArns.member.2': 'arn:aws:s3:::other/a',
  });
  assert.equal(decisions(custom), 'allowed implicitDeny implicitDeny implicitDeny', custom.xml);
  assert.deepEqual(custom.elements('SourcePolicyId'), ['PolicyInputList.1']);
  const tied = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: '*', Resource: '*', Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } },
    ],
  });
  const from = async (address: string) =>
    decisions(
      await iam('boss', 'SimulateCustomPolicy', {
        'PolicyInputList.member.1': tied,
        'ActionNames.member.1': 's3:GetObject',
        'ContextEntries.member.1.ContextKeyName': 'aws:SourceIp',
        'ContextEntries.member.1.ContextKeyValues.member.1': address,
        'ContextEntries.member.1.ContextKeyType': 'ip',
      }),
    );
  assert.deepEqual([await from('10.1.2.3'), await from('192.0.2.1')], ['allowed', 'explicitDeny']);

  const bucket = await scene.newBucket('ann');
  const ofAnn = (Resource: string) =>
    iam('boss', 'SimulatePrincipalPolicy', {
      PolicySourceArn: annArn,
      'ActionNames.member.1': 's3:GetObject',
      'ResourceArns.member.1': Resource,
    });
  const annArn = `arn:aws:iam::${await accountOf('boss')}:user/ann`;
  assert.equal(decisions(await ofAnn(`arn:aws:s3:::${bucket}/x`)), 'allowed', 'her own, by her built-in role');
  assert.equal(decisions(await ofAnn('arn:aws:s3:::absent/x')), 'implicitDeny');
  const strange = { PolicySourceArn: annArn, 'ActionNames.member.1': 's3:GetObject' };
  assert.equal((await iam('bob', 'SimulatePrincipalPolicy', strange)).outcome, '403 AccessDenied');
  const absent = { ...strange, PolicySourceArn: annArn.replace('ann', 'absent') };
  assert.equal((await iam('boss', 'SimulatePrincipalPolicy', absent)).outcome, '404 NoSuchEntity');
});
