import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextOf } from '../../../../src-server/domain/policy/context.ts';
import { type AppliedPolicy, decide } from '../../../../src-server/domain/policy/decide.ts';
import { type PolicyKind, parsePolicy } from '../../../../src-server/domain/policy/policy-document.ts';
import { type NaiveCase, type NaivePolicies, naiveAllows } from '../../../support/naive-policy.ts';
import { seededRandom } from '../../../support/seeded.ts';

const ROUNDS = Number(process.env['STOWAGE_POLICY_ROUNDS'] ?? 20_000);
const OWN = '111111111111';
const OTHER = '222222222222';
const USER = `arn:aws:iam::${OWN}:user/ann`;
const ROLE = `arn:aws:iam::${OWN}:role/writer`;
const SESSION = `arn:aws:sts::${OWN}:assumed-role/writer/night`;

/** Policy variables. */
const USERNAME = variable('aws:username');
const PREFIX = variable('s3:prefix');

function variable(name: string): string {
  return `\${${name}}`;
}

type Json = Readonly<Record<string, unknown>>;
type Pick = <T>(from: readonly T[]) => T;

const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket', 's3:GetObjectTagging'];
const ACTION_PATTERNS = [...ACTIONS, 's3:*', '*', 's3:Get*', 's3:?etObject', 'S3:PUTOBJECT', 's3:*Object*'];
const RESOURCES = [
  'arn:aws:s3:::box',
  'arn:aws:s3:::box/ann/a',
  'arn:aws:s3:::box/bob/a?b',
  'arn:aws:s3:::box/x:y/*',
  'arn:aws:s3:::boxer/ann',
];
const RESOURCE_PATTERNS = [
  '*',
  'arn:aws:s3:::box',
  'arn:aws:s3:::box/*',
  'arn:aws:s3:::box*',
  `arn:aws:s3:::box/${USERNAME}/*`,
  'arn:aws:s3:::box/*/a',
  'arn:aws:s3:::*/ann',
  `arn:aws:s3:::box/${PREFIX}*`,
  'arn:aws:s3:::box/???/a*',
];
const PRINCIPALS = [
  '*',
  { AWS: '*' },
  { AWS: OWN },
  { AWS: `arn:aws:iam::${OTHER}:root` },
  { AWS: USER },
  { AWS: [ROLE, OTHER] },
  { AWS: SESSION },
  { AWS: [USER, `arn:aws:iam::${OWN}:root`] },
];
const CONDITIONS: readonly [string, string, readonly (string | readonly string[])[]][] = [
  ['StringEquals', 's3:prefix', ['ann', ['bob', USERNAME], '']],
  ['StringNotEquals', 's3:prefix', ['ann', ['bob', 'cat']]],
  ['StringLike', 's3:prefix', ['a*', '?nn', ['b*', `${USERNAME}*`]]],
  ['StringNotLike', 's3:prefix', ['a*', ['b*', 'x']]],
  ['StringEqualsIfExists', 's3:x-amz-acl', ['private', ['public-read', 'private']]],
  ['StringNotEqualsIfExists', 's3:x-amz-acl', ['private']],
  ['ForAllValues:StringEquals', 's3:RequestObjectTagKeys', ['team', ['team', 'cost']]],
  ['ForAnyValue:StringEquals', 's3:RequestObjectTagKeys', ['team', ['team', 'cost']]],
  ['ForAnyValue:StringNotEquals', 's3:RequestObjectTagKeys', ['team']],
  ['ForAllValues:StringNotLike', 's3:RequestObjectTagKeys', ['t*']],
  ['StringEquals', 's3:RequestObjectTagKeys', ['team']],
  ['StringNotEquals', 's3:RequestObjectTagKeys', ['team']],
  ['Null', 's3:prefix', ['true', 'false']],
  ['NumericLessThan', 's3:max-keys', ['10', '1000']],
  ['NumericNotEquals', 's3:max-keys', ['10']],
  ['Bool', 'aws:SecureTransport', ['true', 'FALSE']],
  ['IpAddress', 'aws:SourceIp', ['10.0.0.0/8', ['192.168.1.7', '172.16.0.0/12']]],
  ['NotIpAddress', 'aws:SourceIp', ['10.0.0.0/8']],
];

function makeStatement(pick: Pick, kind: PolicyKind): Json {
  const conditions: Record<string, Record<string, unknown>> = {};
  for (let count = pick([0, 0, 0, 1, 1, 2]); count > 0; count -= 1) {
    const [operator, key, values] = pick(CONDITIONS);
    conditions[operator] = { ...conditions[operator], [key]: pick(values) };
  }
  const several = <T>(from: readonly T[]): T | T[] => pick([pick(from), [pick(from), pick(from)]]);
  return {
    Effect: pick(['Allow', 'Allow', 'Allow', 'Deny']),
    [pick(['Action', 'Action', 'Action', 'NotAction'])]: several(ACTION_PATTERNS),
    [pick(['Resource', 'Resource', 'Resource', 'NotResource'])]: several(RESOURCE_PATTERNS),
    ...(kind === 'bucket' && { [pick(['Principal', 'Principal', 'Principal', 'NotPrincipal'])]: pick(PRINCIPALS) }),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

function makePolicy(pick: Pick, kind: PolicyKind): Json {
  const statements = Array.from({ length: pick([1, 1, 2, 3]) }, () => makeStatement(pick, kind));
  return { Version: '2012-10-17', Statement: statements };
}

function makeCase(pick: Pick): NaiveCase {
  const own = { kind: 'account', accountId: OWN } as const;
  const principal = pick<NaiveCase['principal']>([
    { kind: 'anonymous' },
    { ...own, arn: USER, roleArn: undefined, isAccountItself: false },
    { ...own, arn: USER, roleArn: undefined, isAccountItself: true },
    { ...own, arn: SESSION, roleArn: ROLE, isAccountItself: false },
    {
      kind: 'account',
      accountId: OTHER,
      arn: `arn:aws:iam::${OTHER}:user/eve`,
      roleArn: undefined,
      isAccountItself: true,
    },
  ]);
  const facts: Record<string, readonly string[]> = {};
  const say = (key: string, values: readonly (readonly string[])[]) => {
    if (pick([true, true, false])) facts[key] = pick(values);
  };
  if (principal.kind === 'account') say('aws:username', [['ann'], ['bob'], ['a*']]);
  say('s3:prefix', [['ann'], ['bob'], [''], ['anna']]);
  say('s3:x-amz-acl', [['private'], ['public-read']]);
  say('s3:requestobjecttagkeys', [['team'], ['team', 'cost'], ['cost', 'age']]);
  say('s3:max-keys', [['9'], ['10'], ['1000']]);
  say('aws:securetransport', [['true'], ['false']]);
  say('aws:sourceip', [['10.1.2.3'], ['192.168.1.7'], ['8.8.8.8']]);
  return { principal, action: pick(ACTIONS), resource: pick(RESOURCES), resourceAccountId: OWN, context: facts };
}

function makePolicies(pick: Pick): NaivePolicies {
  const some = <T>(make: () => T): T | undefined => (pick([false, false, true]) ? make() : undefined);
  return {
    identity: Array.from({ length: pick([0, 1, 1, 2]) }, () => makePolicy(pick, 'identity')),
    boundary: some(() => makePolicy(pick, 'identity')),
    session: pick([[], [], [makePolicy(pick, 'identity')]]),
    accessKey: some(() => makePolicy(pick, 'identity')),
    resource: pick([undefined, makePolicy(pick, 'bucket'), makePolicy(pick, 'bucket')]),
    role: pick(['silent', 'silent', 'accepts', 'grants']),
  };
}

function applied(policy: Json, kind: PolicyKind): AppliedPolicy {
  return { origin: { kind: 'user', name: 'p' }, document: parsePolicy(JSON.stringify(policy), kind) };
}

function ours(asked: NaiveCase, policies: NaivePolicies): boolean {
  const { principal, action, resource, context } = asked;
  const optional = (policy: Json | undefined, kind: PolicyKind) =>
    policy === undefined ? undefined : applied(policy, kind);
  const decision = decide(
    {
      principal: principal.kind === 'anonymous' ? principal : { ...principal, canonicalId: '' },
      action,
      resource,
      context: contextOf(context),
    },
    {
      identity: policies.identity.map((policy) => applied(policy, 'identity')),
      boundary: optional(policies.boundary, 'identity'),
      session: policies.session.map((policy) => applied(policy, 'identity')),
      accessKey: optional(policies.accessKey, 'identity'),
      resource: optional(policies.resource, 'bucket'),
      role: policies.role,
      allowedByAcl: false,
    },
    { accountId: asked.resourceAccountId, restrictsPublicPolicy: false },
  );
  return decision.effect === 'Allow';
}

test(`both evaluators decide alike (${ROUNDS} random cases)`, () => {
  const random = seededRandom(20_261_121);
  // An index below the length always names an element.
  const pick: Pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const counts = { allowed: 0, denied: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const asked = makeCase(pick);
    const policies = makePolicies(pick);
    const expected = naiveAllows(asked, policies);
    counts[expected ? 'allowed' : 'denied'] += 1;
    assert.equal(ours(asked, policies), expected, `round ${round}: ${JSON.stringify({ asked, policies })}`);
  }
  // A generator that never lets anybody in proves nothing.
  assert.ok(counts.allowed > ROUNDS / 20 && counts.denied > ROUNDS / 20, JSON.stringify(counts));
});
