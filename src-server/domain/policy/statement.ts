import type { ArnPattern } from './arn.ts';
import { matchesArn } from './arn.ts';
import type { Condition, Verdict } from './condition.ts';
import type { ConditionContext } from './context.ts';
import {
  closer,
  matchPrincipal,
  type PrincipalFacts,
  type PrincipalMatch,
  type PrincipalPattern,
} from './principal.ts';
import { matchesPattern, type Pattern } from './wildcard.ts';

/** Things that an element lists, or all but them (`NotAction`). */
export interface Listed<T> {
  readonly not: boolean;
  readonly entries: readonly T[];
}

/** One statement, compiled. Without a principal (identity policies) or a resource (trust policies) any matches. */
export interface Statement {
  readonly sid: string | undefined;
  /** Its place in the policy, from 0. */
  readonly index: number;
  readonly effect: 'Allow' | 'Deny';
  readonly principal: Listed<PrincipalPattern> | undefined;
  /** In lower case. */
  readonly action: Listed<Pattern>;
  readonly resource: Listed<ArnPattern> | undefined;
  readonly conditions: readonly Condition[];
}

/** What is asked: may this one do that, there? */
export interface AccessCase {
  readonly principal: PrincipalFacts;
  /** As IAM spells it: `s3:GetObject`. */
  readonly action: string;
  /** The ARN of the bucket, object, user …; `*` for actions on none. */
  readonly resource: string;
  readonly context: ConditionContext;
}

/** How closely a statement that applies names the one who asks; `none` where it does not apply. */
export function matchStatement(statement: Statement, asked: AccessCase): PrincipalMatch {
  const match = matchPrincipals(statement, asked.principal);
  if (match === 'none' || !matchesActionAndResource(statement, asked)) return 'none';
  const verdict = judgeConditions(statement.conditions, asked.context);
  // What we cannot judge lets nobody in and keeps everybody out.
  const applies = statement.effect === 'Allow' ? verdict === 'holds' : verdict !== 'fails';
  return applies ? match : 'none';
}

function matchPrincipals(statement: Statement, who: PrincipalFacts): PrincipalMatch {
  if (statement.principal === undefined) return 'named';
  const { not, entries } = statement.principal;
  const match = entries.reduce<PrincipalMatch>((best, entry) => closer(best, matchPrincipal(entry, who)), 'none');
  if (!not) return match;
  // NotPrincipal must name the user and its account; naming the account alone takes nobody in it out (IAM user guide).
  const isExcepted = match === 'named' || match === 'session' || (statement.effect === 'Allow' && match !== 'none');
  return isExcepted ? 'none' : 'named';
}

function matchesActionAndResource({ action, resource }: Statement, asked: AccessCase): boolean {
  const name = asked.action.toLowerCase();
  if (action.entries.some((pattern) => matchesPattern(pattern, name)) === action.not) return false;
  if (resource === undefined) return true;
  return resource.entries.some((pattern) => matchesArn(pattern, asked.resource, asked.context)) !== resource.not;
}

/** All have to hold; one that fails decides, whatever the others cannot say. */
function judgeConditions(conditions: readonly Condition[], context: ConditionContext): Verdict {
  let verdict: Verdict = 'holds';
  for (const condition of conditions) {
    const one = condition.test(context);
    if (one === 'fails') return 'fails';
    if (one === 'unknown') verdict = 'unknown';
  }
  return verdict;
}
