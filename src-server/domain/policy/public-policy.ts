import type { PolicyDocument } from './policy-document.ts';
import type { Statement } from './statement.ts';

/** Conditions that tie a grant to somebody, where their values are fixed (user guide, "The meaning of public"). */
const TYING_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'aws:username',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
]);
const TYING_OPERATORS = /^(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;
/** Blocks wider than these let in half the world. */
const WIDEST_IPV4 = 8;
const WIDEST_IPV6 = 32;

/** Does the policy let in people it does not name? Denies do not count: a policy is public if one of its grants is. */
export function isPublicPolicy(policy: PolicyDocument): boolean {
  return policy.statements.some(isPublicStatement);
}

function isPublicStatement(statement: Statement): boolean {
  if (statement.effect === 'Deny' || statement.principal === undefined) return false;
  const { not, entries } = statement.principal;
  const isForEveryone = not || entries.some(({ kind }) => kind === 'everyone');
  return isForEveryone && !statement.conditions.some((condition) => tiesDown(condition));
}

function tiesDown({ operator, key, values }: Statement['conditions'][number]): boolean {
  if (!TYING_OPERATORS.test(operator) || !TYING_KEYS.has(key.toLowerCase())) return false;
  return values.every((value) => (operator === 'IpAddress' ? isNarrowBlock(value) : !/[*?]|\$\{/.test(value)));
}

function isNarrowBlock(value: string): boolean {
  const [address = '', bits] = value.split('/');
  if (bits === undefined) return true;
  return Number(bits) >= (address.includes(':') ? WIDEST_IPV6 : WIDEST_IPV4);
}
