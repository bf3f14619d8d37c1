import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contextOf } from '../../../../src-server/domain/policy/context.ts';
import {
  type AppliedPolicy,
  type Decision,
  decide,
  type PolicyOrigin,
  type RoleGrant,
} from '../../../../src-server/domain/policy/decide.ts';
import { type PolicyKind, parsePolicy } from '../../../../src-server/domain/policy/policy-document.ts';
import type { PrincipalFacts } from '../../../../src-server/domain/policy/principal.ts';
import { isPublicPolicy } from '../../../../src-server/domain/policy/public-policy.ts';

/** IAM user guide, "Policy evaluation logic", "Permissions boundaries", "Session policies", "Cross-account policy evaluation", as cases. */

const OWN = '111111111111';
const OTHER = '222222222222';
const ANN = `arn:aws:iam::${OWN}:user/ann`;
const ROLE = `arn:aws:iam::${OWN}:role/worker`;
const SESSION = `arn:aws:sts::${OWN}:assumed-role/worker/night`;
const EVE = `arn:aws:iam::${OTHER}:user/eve`;
/** A policy variable. */
const OWN_NAME = `\${${'aws:username'}}`;
const OBJECT = 'arn:aws:s3:::box/a/1';

type Statement = Readonly<Record<string, unknown>>;

const account = { kind: 'account', canonicalId: '', isAccountItself: false } as const;
const WHO: Readonly<Record<string, PrincipalFacts>> = {
  ann: { ...account, accountId: OWN, arn: ANN, roleArn: undefined },
  root: { ...account, accountId: OWN, arn: `arn:aws:iam::${OWN}:root`, roleArn: undefined, isAccountItself: true },
  session: { ...account, accountId: OWN, arn: SESSION, roleArn: ROLE },
  eve: { ...account, accountId: OTHER, arn: EVE, roleArn: undefined },
  anonymous: { kind: 'anonymous' },
};

interface Case {
  readonly who?: keyof typeof WHO;
  readonly action?: string;
  readonly resource?: string;
  readonly identity?: Statement | readonly Statement[];
  readonly boundary?: Statement;
  readonly session?: Statement;
  readonly accessKey?: Statement;
  readonly bucket?: Statement | readonly Statement[];
  readonly role?: RoleGrant;
  readonly byAcl?: boolean;
  readonly restricts?: boolean;
  readonly facts?: Record<string, string>;
  readonly expected: 'allow' | 'deny' | 'explicit';
}

const allow = (Action: unknown = 's3:*', more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const deny = (Action: unknown = 's3:*', more: Statement = {}): Statement => ({
  Effect: 'Deny',
  Action,
  Resource: '*',
  ...more,
});
const to = (AWS: string | readonly string[], more: Statement = {}): Statement =>
  allow('s3:GetObject', { Principal: { AWS }, ...more });
const notTo = (AWS: string | readonly string[], more: Statement = {}): Statement =>
  deny('s3:*', { Principal: { AWS }, ...more });
const EVERYONE: Statement = allow('s3:GetObject', { Principal: '*' });

function applied(kind: PolicyOrigin['kind'], statements: unknown, parseAs: PolicyKind = 'identity'): AppliedPolicy {
  const document = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), parseAs);
  return { origin: { kind, name: kind }, document };
}

function evaluate(one: Case): Decision {
  const principal = WHO[one.who ?? 'ann'];
  assert.ok(principal);
  const optional = (kind: 'boundary' | 'session' | 'access-key', statement: Statement | undefined) =>
    statement === undefined ? undefined : applied(kind, statement);
  const session = optional('session', one.session);
  return decide(
    {
      principal,
      action: one.action ?? 's3:GetObject',
      resource: one.resource ?? OBJECT,
      context: contextOf(one.facts ?? {}),
    },
    {
      identity: one.identity === undefined ? [] : [applied('user', one.identity)],
      boundary: optional('boundary', one.boundary),
      session: session === undefined ? [] : [session],
      accessKey: optional('access-key', one.accessKey),
      resource: one.bucket === undefined ? undefined : applied('bucket', one.bucket, 'bucket'),
      role: one.role ?? 'silent',
      allowedByAcl: one.byAcl ?? false,
    },
    { accountId: OWN, restrictsPublicPolicy: one.restricts ?? false },
  );
}

const WITHIN_THE_ACCOUNT: Readonly<Record<string, Case>> = {
  'nothing says yes, so it is no': { expected: 'deny' },
  'an identity policy allows': { identity: allow(), expected: 'allow' },
  'an identity policy allows something else': { identity: allow('s3:PutObject'), expected: 'deny' },
  'a deny beside an allow wins': { identity: [allow(), deny('s3:GetObject')], expected: 'explicit' },
  'a deny before an allow wins': { identity: [deny('s3:GetObject'), allow()], expected: 'explicit' },
  'a deny of something else does not': { identity: [allow(), deny('s3:PutObject')], expected: 'allow' },
  'a bucket policy alone is enough for the user it names': { bucket: to(ANN), expected: 'allow' },
  'a bucket policy for another user is not': { bucket: to(`arn:aws:iam::${OWN}:user/bob`), expected: 'deny' },
  'one for the account leaves it to the account': { bucket: to(OWN), expected: 'deny' },
  'and the account’s policy then decides': { bucket: to(OWN), identity: allow(), expected: 'allow' },
  'the account itself is who it names': { who: 'root', bucket: to(OWN), expected: 'allow' },
  'a bucket policy’s deny beats an identity’s allow': { identity: allow(), bucket: notTo(ANN), expected: 'explicit' },
  'an identity’s deny beats a bucket’s allow': { identity: deny(), bucket: to(ANN), expected: 'explicit' },
  'a deny binds root of the account': { who: 'root', role: 'grants', bucket: notTo('*'), expected: 'explicit' },
  'everyone is also a user of the account': { bucket: EVERYONE, expected: 'allow' },
  'the built-in role allows as an attached policy': { role: 'grants', expected: 'allow' },
  'and is denied as one': { role: 'grants', identity: deny('s3:GetObject'), expected: 'explicit' },
  'an ACL allows where it counts': { byAcl: true, expected: 'allow' },
  'and no further than a deny': { byAcl: true, identity: deny(), expected: 'explicit' },
};

const LIMITS: Readonly<Record<string, Case>> = {
  'a boundary alone gives nothing': { boundary: allow(), expected: 'deny' },
  'what identity and boundary both allow': { identity: allow(), boundary: allow('s3:Get*'), expected: 'allow' },
  'what only the identity allows': { identity: allow(), boundary: allow('s3:Put*'), expected: 'deny' },
  'a deny in the boundary': { identity: allow(), boundary: deny('s3:GetObject'), expected: 'explicit' },
  'a boundary limits the built-in role': { role: 'grants', boundary: allow('s3:Put*'), expected: 'deny' },
  'no boundary limits what a bucket gives the user': { bucket: to(ANN), boundary: allow('s3:Put*'), expected: 'allow' },
  'but its deny does': { bucket: to(ANN), boundary: deny(), expected: 'explicit' },
  'a boundary limits what a bucket gives a role': {
    who: 'session',
    bucket: to(ROLE),
    boundary: allow('s3:Put*'),
    expected: 'deny',
  },
  'a session may what role and session policy allow': {
    who: 'session',
    identity: allow(),
    session: allow('s3:Get*'),
    expected: 'allow',
  },
  'a session policy narrows': { who: 'session', identity: allow(), session: allow('s3:Put*'), expected: 'deny' },
  'a session policy does not widen': { who: 'session', identity: allow('s3:Put*'), session: allow(), expected: 'deny' },
  'a session policy limits what a bucket gives the role': {
    who: 'session',
    bucket: to(ROLE),
    session: allow('s3:Put*'),
    expected: 'deny',
  },
  'not what a bucket gives that very session': {
    who: 'session',
    bucket: to(SESSION),
    session: allow('s3:Put*'),
    expected: 'allow',
  },
  'a deny of a session policy does': { who: 'session', bucket: to(SESSION), session: deny(), expected: 'explicit' },
  'all three have to allow': {
    who: 'session',
    identity: allow(),
    boundary: allow('s3:Get*'),
    session: allow('s3:*Object'),
    expected: 'allow',
  },
  'and one of them does not': {
    who: 'session',
    identity: allow(),
    boundary: allow('s3:Put*'),
    session: allow('s3:*Object'),
    expected: 'deny',
  },
  'a key’s policy gives nothing': { accessKey: allow(), expected: 'deny' },
  'a key’s policy narrows its user': { identity: allow(), accessKey: allow('s3:Put*'), expected: 'deny' },
  'and the built-in role': { role: 'grants', accessKey: allow('s3:Put*'), expected: 'deny' },
  'and what a bucket gives the user': { bucket: to(ANN), accessKey: allow('s3:Put*'), expected: 'deny' },
  'and what an ACL gives': { byAcl: true, accessKey: allow('s3:Put*'), expected: 'deny' },
  'a key does what user and key may': { identity: allow(), accessKey: allow('s3:Get*'), expected: 'allow' },
};

const ACROSS: Readonly<Record<string, Case>> = {
  'only the stranger’s account allows': { who: 'eve', identity: allow(), expected: 'deny' },
  'only the bucket allows': { who: 'eve', bucket: to(EVE), expected: 'deny' },
  'both allow': { who: 'eve', identity: allow(), bucket: to(EVE), expected: 'allow' },
  'the bucket names the account, and its policy allows': {
    who: 'eve',
    identity: allow(),
    bucket: to(OTHER),
    expected: 'allow',
  },
  'the bucket names another account': { who: 'eve', identity: allow(), bucket: to(OWN), expected: 'deny' },
  'everyone, and the stranger’s policy allows': { who: 'eve', identity: allow(), bucket: EVERYONE, expected: 'allow' },
  'a built-in role that accepts what others give': { who: 'eve', role: 'accepts', bucket: to(EVE), expected: 'allow' },
  'and gives nothing by itself': { who: 'eve', role: 'accepts', expected: 'deny' },
  'a boundary limits strangers too': {
    who: 'eve',
    identity: allow(),
    boundary: allow('s3:Put*'),
    bucket: to(EVE),
    expected: 'deny',
  },
  'the bucket denies': { who: 'eve', identity: allow(), bucket: [to(EVE), notTo(EVE)], expected: 'explicit' },
};

const ANONYMOUS: Readonly<Record<string, Case>> = {
  'nobody without a policy': { who: 'anonymous', expected: 'deny' },
  'everyone is nobody too': { who: 'anonymous', bucket: EVERYONE, expected: 'allow' },
  'as a list of one': { who: 'anonymous', bucket: to('*'), expected: 'allow' },
  'an account is not': { who: 'anonymous', bucket: to(OWN), expected: 'deny' },
  'a public bucket that denies one action': {
    who: 'anonymous',
    bucket: [allow('s3:*', { Principal: '*' }), notTo('*', { Action: 's3:GetObject' })],
    expected: 'explicit',
  },
  'RestrictPublicBuckets keeps nobody out of nothing else': {
    who: 'anonymous',
    bucket: EVERYONE,
    restricts: true,
    expected: 'deny',
  },
  'it keeps strangers out': { who: 'eve', identity: allow(), bucket: EVERYONE, restricts: true, expected: 'deny' },
  'the bucket’s own account stays': { bucket: EVERYONE, restricts: true, expected: 'allow' },
  'its denies stay': { bucket: [EVERYONE, notTo('*')], restricts: true, expected: 'explicit' },
};

const NEGATIONS: Readonly<Record<string, Case>> = {
  'NotAction allows the others': {
    identity: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
    expected: 'allow',
  },
  'NotAction allows not those': { identity: { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, expected: 'deny' },
  'a deny with NotAction denies the others': {
    identity: [allow('*'), { Effect: 'Deny', NotAction: 's3:Put*', Resource: '*' }],
    expected: 'explicit',
  },
  'a deny with NotAction spares those': {
    identity: [allow('*'), { Effect: 'Deny', NotAction: 's3:Get*', Resource: '*' }],
    expected: 'allow',
  },
  'NotResource allows the others': {
    identity: { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::box/b/*' },
    expected: 'allow',
  },
  'NotResource allows not those': {
    identity: { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::box/a/*' },
    expected: 'deny',
  },
  'a deny with NotResource': {
    identity: [allow('*'), { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::box/b/*' }],
    expected: 'explicit',
  },
  'a deny with NotPrincipal spares who is named with the account': {
    bucket: [to(ANN), { Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal: { AWS: [ANN, OWN] } }],
    expected: 'allow',
  },
  'and nobody else': {
    who: 'eve',
    identity: allow(),
    bucket: [to(EVE), { Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal: { AWS: [ANN, OWN] } }],
    expected: 'explicit',
  },
  'naming the account alone spares nobody in it': {
    bucket: [to(ANN), { Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal: { AWS: OWN } }],
    expected: 'explicit',
  },
  'a deny with NotPrincipal binds nobody without credentials': {
    who: 'anonymous',
    bucket: [EVERYONE, { Effect: 'Deny', Action: '*', Resource: '*', NotPrincipal: { AWS: [ANN, OWN] } }],
    expected: 'explicit',
  },
};

const RESOURCES: Readonly<Record<string, Case>> = {
  'a bucket is not its objects': { identity: allow('s3:*', { Resource: 'arn:aws:s3:::box' }), expected: 'deny' },
  'objects are not their bucket': {
    action: 's3:ListBucket',
    resource: 'arn:aws:s3:::box',
    identity: allow('s3:*', { Resource: 'arn:aws:s3:::box/*' }),
    expected: 'deny',
  },
  'a star reaches over slashes': { identity: allow('s3:*', { Resource: 'arn:aws:s3:::box/*' }), expected: 'allow' },
  'a star in the middle': { identity: allow('s3:*', { Resource: 'arn:aws:s3:::b*/1' }), expected: 'allow' },
  'a bucket whose name begins alike': {
    resource: 'arn:aws:s3:::boxer/a/1',
    identity: allow('s3:*', { Resource: 'arn:aws:s3:::box/*' }),
    expected: 'deny',
  },
  'a question mark is one character': {
    identity: allow('s3:*', { Resource: 'arn:aws:s3:::box/?/1' }),
    expected: 'allow',
  },
  'a folder of one’s own': {
    identity: allow('s3:*', { Resource: `arn:aws:s3:::box/${OWN_NAME}/*` }),
    facts: { 'aws:username': 'a' },
    expected: 'allow',
  },
  'nobody’s folder': { identity: allow('s3:*', { Resource: `arn:aws:s3:::box/${OWN_NAME}/*` }), expected: 'deny' },
  'a name with a star is no pattern': {
    identity: allow('s3:*', { Resource: `arn:aws:s3:::box/${OWN_NAME}/*` }),
    facts: { 'aws:username': '*' },
    expected: 'deny',
  },
  'actions in any case': { identity: allow('S3:GETobject'), expected: 'allow' },
  'an action that begins alike': { action: 's3:GetObjectAcl', identity: allow('s3:GetObject'), expected: 'deny' },
};

const OUTCOMES = { Allow: 'allow', ImplicitDeny: 'deny', ExplicitDeny: 'explicit' } as const;
const TABLES = { WITHIN_THE_ACCOUNT, LIMITS, ACROSS, ANONYMOUS, NEGATIONS, RESOURCES };

for (const [name, cases] of Object.entries(TABLES)) {
  describe(`evaluation: ${name.toLowerCase().replaceAll('_', ' ')}`, () => {
    for (const [title, one] of Object.entries(cases)) {
      test(title, () => assert.equal(OUTCOMES[evaluate(one).effect], one.expected));
    }
  });
}

test('the deciding statement is named', () => {
  const named = evaluate({ identity: [allow('s3:Put*'), allow('s3:Get*', { Sid: 'reads' })], expected: 'allow' });
  assert.deepEqual(named.reason, {
    kind: 'statement',
    origin: { kind: 'user', name: 'user' },
    sid: 'reads',
    index: 1,
  });
  const limited = evaluate({ identity: allow(), boundary: allow('s3:Put*'), expected: 'deny' });
  assert.deepEqual(limited.reason, { kind: 'limit', origin: { kind: 'boundary', name: 'boundary' } });
  assert.deepEqual(evaluate({ expected: 'deny' }).reason, { kind: 'nothing' });
  assert.deepEqual(evaluate({ role: 'grants', expected: 'allow' }).reason, { kind: 'role' });
  assert.deepEqual(evaluate({ byAcl: true, expected: 'allow' }).reason, { kind: 'acl' });
});

describe('what is public', () => {
  const PUBLIC: readonly (readonly [title: string, statement: Statement, isPublic: boolean])[] = [
    ['everyone', EVERYONE, true],
    ['everyone as AWS', to('*'), true],
    ['an account', to(OTHER), false],
    ['a user', to(EVE), false],
    ['a deny to everyone', notTo('*'), false],
    [
      'everyone from a narrow network',
      { ...EVERYONE, Condition: { IpAddress: { 'aws:SourceIp': '10.1.0.0/16' } } },
      false,
    ],
    ['everyone from half the world', { ...EVERYONE, Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }, true],
    ['everyone of an account', { ...EVERYONE, Condition: { StringEquals: { 'aws:PrincipalAccount': OTHER } } }, false],
    [
      'everyone whose account is like *',
      { ...EVERYONE, Condition: { StringLike: { 'aws:PrincipalAccount': '*' } } },
      true,
    ],
    ['everyone over TLS', { ...EVERYONE, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, true],
    ['everyone but a network', { ...EVERYONE, Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, true],
    ['all but one', { Effect: 'Allow', Action: 's3:*', Resource: '*', NotPrincipal: { AWS: EVE } }, true],
  ];
  for (const [title, statement, isPublic] of PUBLIC) {
    test(title, () => {
      const { document } = applied('bucket', statement, 'bucket');
      assert.ok(document !== 'unreadable');
      assert.equal(isPublicPolicy(document), isPublic);
    });
  }
});

test('what cannot be read denies', () => {
  const decision = decide(
    {
      principal: WHO['ann'] ?? { kind: 'anonymous' },
      action: 's3:GetObject',
      resource: OBJECT,
      context: contextOf({}),
    },
    {
      identity: [applied('user', allow()), { origin: { kind: 'group', name: 'broken' }, document: 'unreadable' }],
      boundary: undefined,
      session: [],
      accessKey: undefined,
      resource: undefined,
      role: 'grants',
      allowedByAcl: true,
    },
    { accountId: OWN, restrictsPublicPolicy: false },
  );
  assert.deepEqual(decision, {
    effect: 'ExplicitDeny',
    reason: { kind: 'unreadable', origin: { kind: 'group', name: 'broken' } },
  });
});
