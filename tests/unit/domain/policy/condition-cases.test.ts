import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contextOf } from '../../../../src-server/domain/policy/context.ts';
import { parsePolicy } from '../../../../src-server/domain/policy/policy-document.ts';
import { matchStatement } from '../../../../src-server/domain/policy/statement.ts';

/** IAM user guide, "IAM JSON policy elements: Condition operators" and "Single- vs. multivalued context keys", in cases. */

type Values = string | readonly string[];
/** Operator, key, the policy's values, the request's values (undefined: it has none), whether the condition holds. */
type Case = readonly [operator: string, key: string, policy: Values, request: Values | undefined, holds: boolean];

const ME = 'arn:aws:iam::111111111111:user/ann';

function holds(
  effect: 'Allow' | 'Deny',
  [operator, key, policy, request]: Case,
  more: Record<string, Values> = {},
): boolean {
  const statement = { Effect: effect, Action: '*', Resource: '*', Condition: { [operator]: { [key]: policy } } };
  const document = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }), 'identity');
  const [first] = document.statements;
  assert.ok(first);
  const principal = {
    kind: 'account',
    accountId: '111111111111',
    arn: ME,
    roleArn: undefined,
    canonicalId: '',
    isAccountItself: false,
  } as const;
  const context = contextOf({ ...more, [key]: request });
  return matchStatement(first, { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', context }) !== 'none';
}

const STRINGS: readonly Case[] = [
  ['StringEquals', 's3:prefix', 'ann', 'ann', true],
  ['StringEquals', 's3:prefix', 'ann', 'Ann', false],
  ['StringEquals', 's3:prefix', 'a*', 'ann', false],
  ['StringEquals', 's3:prefix', ['bob', 'ann'], 'ann', true],
  ['StringEquals', 's3:prefix', 'ann', undefined, false],
  ['StringEquals', 's3:prefix', '', '', true],
  ['StringNotEquals', 's3:prefix', 'ann', 'bob', true],
  ['StringNotEquals', 's3:prefix', 'ann', 'ann', false],
  ['StringNotEquals', 's3:prefix', ['ann', 'bob'], 'bob', false],
  ['StringNotEquals', 's3:prefix', 'ann', undefined, true],
  ['StringEqualsIgnoreCase', 's3:prefix', 'ann', 'ANN', true],
  ['StringEqualsIgnoreCase', 's3:prefix', 'ann', 'bob', false],
  ['StringNotEqualsIgnoreCase', 's3:prefix', 'ann', 'ANN', false],
  ['StringNotEqualsIgnoreCase', 's3:prefix', 'ann', 'bob', true],
  ['StringLike', 's3:prefix', 'a*', 'ann', true],
  ['StringLike', 's3:prefix', 'a?n', 'ann', true],
  ['StringLike', 's3:prefix', 'a?n', 'anna', false],
  ['StringLike', 's3:prefix', 'A*', 'ann', false],
  ['StringLike', 's3:prefix', '*', '', true],
  ['StringLike', 's3:prefix', ['x*', 'a*'], 'ann', true],
  ['StringLike', 's3:prefix', 'a*', undefined, false],
  ['StringNotLike', 's3:prefix', 'a*', 'ann', false],
  ['StringNotLike', 's3:prefix', 'a*', 'bob', true],
  ['StringNotLike', 's3:prefix', ['a*', 'b*'], 'bob', false],
  ['StringNotLike', 's3:prefix', 'a*', undefined, true],
];

const NUMBERS: readonly Case[] = [
  ['NumericEquals', 's3:max-keys', '10', '10', true],
  ['NumericEquals', 's3:max-keys', '10', '10.0', true],
  ['NumericEquals', 's3:max-keys', '10', '11', false],
  ['NumericEquals', 's3:max-keys', '10', undefined, false],
  ['NumericNotEquals', 's3:max-keys', '10', '11', true],
  ['NumericNotEquals', 's3:max-keys', '10', '10', false],
  ['NumericNotEquals', 's3:max-keys', '10', undefined, true],
  ['NumericLessThan', 's3:max-keys', '10', '9', true],
  ['NumericLessThan', 's3:max-keys', '10', '10', false],
  ['NumericLessThanEquals', 's3:max-keys', '10', '10', true],
  ['NumericLessThanEquals', 's3:max-keys', '10', '11', false],
  ['NumericGreaterThan', 's3:max-keys', '10', '11', true],
  ['NumericGreaterThan', 's3:max-keys', '10', '10', false],
  ['NumericGreaterThanEquals', 's3:max-keys', '10', '10', true],
  ['NumericGreaterThanEquals', 's3:max-keys', '10', '9', false],
  ['NumericGreaterThan', 's3:max-keys', '-5', '-4', true],
];

const DATES: readonly Case[] = [
  ['DateEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', true],
  ['DateNotEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', true],
  ['DateNotEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
  ['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ['DateLessThanEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', true],
  ['DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', false],
  ['DateGreaterThanEquals', 'aws:CurrentTime', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', true],
  ['DateLessThan', 'aws:EpochTime', '1767225600', '1767225599', true],
  ['DateGreaterThan', 'aws:EpochTime', '2026-01-01T00:00:00Z', '1767225601', true],
  ['DateGreaterThan', 'aws:TokenIssueTime', '2026-01-01T00:00:00Z', undefined, false],
];

const OTHERS: readonly Case[] = [
  ['Bool', 'aws:SecureTransport', 'true', 'true', true],
  ['Bool', 'aws:SecureTransport', 'true', 'false', false],
  ['Bool', 'aws:SecureTransport', 'false', 'false', true],
  ['Bool', 'aws:SecureTransport', 'TRUE', 'true', true],
  ['Bool', 'aws:MultiFactorAuthPresent', 'true', undefined, false],
  ['Bool', 'aws:MultiFactorAuthPresent', 'false', undefined, false],
  ['BinaryEquals', 'aws:PrincipalTag/blob', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'aws:PrincipalTag/blob', 'QmluYXJ5', 'QmluYXJz', false],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', '203.0.113.7', true],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', '203.0.114.7', false],
  ['IpAddress', 'aws:SourceIp', '203.0.113.7', '203.0.113.7', true],
  ['IpAddress', 'aws:SourceIp', ['10.0.0.0/8', '2001:db8::/32'], '2001:db8::1', true],
  ['IpAddress', 'aws:SourceIp', '2001:DB8:1234::/48', '2001:db8:1234:ffff::1', true],
  ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', undefined, false],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', '203.0.113.7', false],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', '198.51.100.7', true],
  ['NotIpAddress', 'aws:SourceIp', ['10.0.0.0/8', '192.168.0.0/16'], '192.168.3.4', false],
  ['NotIpAddress', 'aws:SourceIp', '203.0.113.0/24', undefined, true],
  ['ArnEquals', 'aws:PrincipalArn', ME, ME, true],
  ['ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111111111111:user/*', ME, true],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:user/ann', ME, true],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::222222222222:user/ann', ME, false],
  ['ArnLike', 'aws:PrincipalArn', 'arn:aws:*:*:*:user/*', ME, true],
  ['ArnNotEquals', 'aws:PrincipalArn', ME, ME, false],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::111111111111:user/b*', ME, true],
  ['ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::111111111111:user/*', ME, false],
  ['ArnNotLike', 'aws:SourceArn', ME, undefined, true],
  ['Null', 'aws:TokenIssueTime', 'true', undefined, true],
  ['Null', 'aws:TokenIssueTime', 'true', '2026-01-01T00:00:00Z', false],
  ['Null', 'aws:TokenIssueTime', 'false', '2026-01-01T00:00:00Z', true],
  ['Null', 'aws:TokenIssueTime', 'false', undefined, false],
];

/** With IfExists an operator holds where the key is absent and is itself where it is there. */
const IF_EXISTS: readonly Case[] = [
  ...[...STRINGS, ...NUMBERS, ...DATES, ...OTHERS]
    .filter(([operator]) => operator !== 'Null')
    .map(([operator, key, policy, request, expected]): Case => {
      return [`${operator}IfExists`, key, policy, request, request === undefined ? true : expected];
    }),
];

const SETS: readonly Case[] = [
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'cost'], ['team'], true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'cost'], ['team', 'cost'], true],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'cost'], ['team', 'age'], false],
  ['ForAllValues:StringEquals', 'aws:TagKeys', ['team', 'cost'], undefined, true],
  ['ForAllValues:StringLike', 'aws:TagKeys', ['t*'], ['team', 'tier'], true],
  ['ForAllValues:StringLike', 'aws:TagKeys', ['t*'], ['team', 'cost'], false],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['secret'], ['team', 'cost'], true],
  ['ForAllValues:StringNotEquals', 'aws:TagKeys', ['secret'], ['team', 'secret'], false],
  ['ForAllValues:StringNotLike', 'aws:TagKeys', ['s*'], ['team', 'secret'], false],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['team', 'cost'], ['age', 'team'], true],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['team', 'cost'], ['age'], false],
  ['ForAnyValue:StringEquals', 'aws:TagKeys', ['team', 'cost'], undefined, false],
  ['ForAnyValue:StringLike', 'aws:TagKeys', ['t*'], ['age', 'tier'], true],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['team'], ['team', 'cost'], true],
  ['ForAnyValue:StringNotEquals', 'aws:TagKeys', ['team'], ['team'], false],
  ['ForAnyValue:StringEqualsIgnoreCase', 'aws:TagKeys', ['TEAM'], ['team'], true],
  ['ForAllValues:StringEqualsIfExists', 'aws:TagKeys', ['team'], undefined, true],
  ['ForAnyValue:StringEqualsIfExists', 'aws:TagKeys', ['team'], undefined, true],
];

const FACTS = { 'aws:username': 'ann', 'aws:PrincipalTag/team': 'blue', 's3:prefix': 'home/ann/' };
const variable = (name: string): string => `\${${name}}`;
const VARIABLES: readonly Case[] = [
  ['StringEquals', 's3:x-amz-acl', variable('aws:username'), 'ann', true],
  ['StringEquals', 's3:x-amz-acl', variable('AWS:UserName'), 'ann', true],
  ['StringEquals', 's3:x-amz-acl', variable('aws:userid'), 'ann', false],
  ['StringNotEquals', 's3:x-amz-acl', variable('aws:userid'), 'ann', true],
  ['StringEquals', 's3:x-amz-acl', variable("aws:userid, 'nobody'"), 'nobody', true],
  ['StringEquals', 's3:x-amz-acl', variable("aws:username, 'nobody'"), 'ann', true],
  ['StringLike', 's3:x-amz-acl', `${variable('aws:username')}-*`, 'ann-1', true],
  ['StringLike', 's3:x-amz-acl', `home/${variable('aws:PrincipalTag/team')}/*`, 'home/blue/x', true],
  ['StringLike', 's3:x-amz-acl', `home/${variable('aws:PrincipalTag/team')}/*`, 'home/red/x', false],
  ['StringLike', 's3:x-amz-acl', `a${variable('*')}b`, 'a*b', true],
  ['StringLike', 's3:x-amz-acl', `a${variable('*')}b`, 'axb', false],
  ['StringLike', 's3:x-amz-acl', `a${variable('?')}b`, 'a?b', true],
  ['StringEquals', 's3:x-amz-acl', `${variable('$')}1`, '$1', true],
  ['ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::111111111111:user/${variable('aws:username')}`, ME, true],
];

/** What makes no sense to us: an Allow does not apply, a Deny does. */
const SENSELESS: readonly Case[] = [
  ['NumericLessThan', 's3:max-keys', '10', 'many', false],
  ['NumericNotEquals', 's3:max-keys', '10', 'many', false],
  ['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', 'yesterday', false],
  ['StringEquals', 'acme:colour', 'red', 'red', false],
  ['StringNotEquals', 'acme:colour', 'red', 'blue', false],
];

const TABLES = { STRINGS, NUMBERS, DATES, OTHERS, IF_EXISTS, SETS };

for (const [name, cases] of Object.entries(TABLES)) {
  describe(`conditions: ${name.toLowerCase()}`, () => {
    for (const one of cases) {
      test(JSON.stringify(one.slice(0, 4)), () => {
        const [, , , , expected] = one;
        assert.equal(holds('Allow', one), expected, 'of an Allow');
        assert.equal(holds('Deny', one), expected, 'of a Deny');
      });
    }
  });
}

describe('conditions: variables', () => {
  for (const one of VARIABLES) {
    test(JSON.stringify(one.slice(0, 4)), () => assert.equal(holds('Allow', one, FACTS), one[4]));
  }
});

describe('conditions that make no sense let nobody in and keep everybody out', () => {
  for (const one of SENSELESS) {
    test(JSON.stringify(one.slice(0, 4)), () => {
      assert.equal(holds('Allow', one), false);
      assert.equal(holds('Deny', one), true);
    });
  }
});
