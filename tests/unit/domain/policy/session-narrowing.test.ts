import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextOf } from '../../../../src-server/domain/policy/context.ts';
import { type AppliedPolicy, decide, type Policies } from '../../../../src-server/domain/policy/decide.ts';
import { type PolicyKind, parsePolicy } from '../../../../src-server/domain/policy/policy-document.ts';
import type { PrincipalFacts } from '../../../../src-server/domain/policy/principal.ts';
import { seededRandom } from '../../../support/seeded.ts';

const ROUNDS = Number(process.env['STOWAGE_POLICY_ROUNDS'] ?? 20_000);
const OWN = '111111111111';
const ROLE = `arn:aws:iam::${OWN}:role/worker`;
const SESSION: PrincipalFacts = {
  kind: 'account',
  accountId: OWN,
  arn: `arn:aws:sts::${OWN}:assumed-role/worker/night`,
  roleArn: ROLE,
  canonicalId: '',
  isAccountItself: false,
};
const USER: PrincipalFacts = { ...SESSION, arn: `arn:aws:iam::${OWN}:user/ann`, roleArn: undefined };

const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:DeleteObject'];
const ACTION_PATTERNS = [...ACTIONS, 's3:*', '*', 's3:Get*', 's3:*Object'];
const RESOURCES = ['arn:aws:s3:::box', 'arn:aws:s3:::box/a/1', 'arn:aws:s3:::box/b/1'];
const RESOURCE_PATTERNS = [...RESOURCES, '*', 'arn:aws:s3:::box/*', 'arn:aws:s3:::box/a/*', 'arn:aws:s3:::box*'];

type Pick = <T>(from: readonly T[]) => T;
type Json = Readonly<Record<string, unknown>>;

function makePolicy(pick: Pick, principal?: Json): Json {
  const statements = Array.from({ length: pick([1, 2, 3]) }, () => ({
    Effect: pick(['Allow', 'Allow', 'Allow', 'Deny']),
    [pick(['Action', 'Action', 'Action', 'NotAction'])]: pick(ACTION_PATTERNS),
    [pick(['Resource', 'Resource', 'Resource', 'NotResource'])]: pick(RESOURCE_PATTERNS),
    ...principal,
    ...(pick([true, false, false]) && { Condition: { StringLike: { 's3:prefix': pick(['a*', 'b*', '*']) } } }),
  }));
  return { Version: '2012-10-17', Statement: statements };
}

function applied(policy: Json, kind: PolicyKind): AppliedPolicy {
  return { origin: { kind: 'session', name: 's' }, document: parsePolicy(JSON.stringify(policy), kind) };
}

const NONE: Policies = {
  identity: [],
  boundary: undefined,
  session: [],
  accessKey: undefined,
  resource: undefined,
  role: 'silent',
  allowedByAcl: false,
};

test(`temporary credentials never do what one of their limits does not allow (${ROUNDS} random cases)`, () => {
  const random = seededRandom(7);
  // An index below the length always names an element.
  const pick: Pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  let allowed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const principal: PrincipalFacts = pick<PrincipalFacts>([SESSION, SESSION, USER]);
    const asked = {
      principal,
      action: pick(ACTIONS),
      resource: pick(RESOURCES),
      context: contextOf({ 's3:prefix': pick([undefined, 'a', 'b']) }),
    };
    const may = (policies: Partial<Policies>): boolean =>
      decide(asked, { ...NONE, ...policies }, { accountId: OWN, restrictsPublicPolicy: false }).effect === 'Allow';
    const identity = [applied(makePolicy(pick), 'identity')];
    const session: readonly AppliedPolicy[] = principal === SESSION ? [applied(makePolicy(pick), 'identity')] : [];
    const accessKey: AppliedPolicy | undefined = pick([undefined, applied(makePolicy(pick), 'identity')]);
    // Named to the role or the user, or nobody in particular: only a grant to the very session reaches past its session policy.
    const names: Json = pick<Json>([{ AWS: ROLE }, { AWS: OWN }, { AWS: USER.kind === 'account' ? USER.arn : '' }]);
    const resource: AppliedPolicy | undefined = pick([
      undefined,
      applied(makePolicy(pick, { Principal: names }), 'bucket'),
    ]);
    const all: Partial<Policies> = { identity, session, accessKey, resource };
    const scene = `round ${round}`;
    if (!may(all)) continue;
    allowed += 1;
    assert.ok(may({ ...all, session: [] }), `${scene}: a session policy gave something`);
    assert.ok(may({ ...all, accessKey: undefined }), `${scene}: a key's policy gave something`);
    assert.ok(may({ identity, resource }), `${scene}: neither role nor bucket allows it`);
    for (const limit of session)
      assert.ok(may({ identity: [limit] }), `${scene}: the session policy does not allow it`);
    if (accessKey !== undefined) assert.ok(may({ identity: [accessKey] }), `${scene}: the key does not allow it`);
  }
  assert.ok(allowed > ROUNDS / 50, `a generator that lets nobody in proves nothing: ${allowed}`);
});
