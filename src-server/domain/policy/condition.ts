import { isKnownConditionKey } from './condition-keys.ts';
import { findOperator, type ValueTest } from './condition-operators.ts';
import type { ConditionContext } from './context.ts';

/** `unknown`: the key or the request's value makes no sense to us. It never lets anybody in. */
export type Verdict = 'holds' | 'fails' | 'unknown';

/** One condition key under one operator. */
export interface Condition {
  /** As the policy spells them, for explanations. */
  readonly operator: string;
  readonly key: string;
  /** As the policy lists them. */
  readonly values: readonly string[];
  test(context: ConditionContext): Verdict;
}

type Quantifier = 'one' | 'all' | 'any';

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/**
 * Compiles one line of a Condition block; answers a reason where it cannot be one.
 *
 * @param values as the policy lists them; a request's value has to match one
 * @param withVariables false for policies of version 2008-10-17
 */
export function compileCondition(
  operator: string,
  key: string,
  values: readonly string[],
  withVariables: boolean,
): Condition | { readonly invalid: string } {
  const [, quantifierName, name = '', ifExists] = OPERATOR.exec(operator) ?? [];
  const lowerKey = key.toLowerCase();
  if (name === 'Null') {
    if (quantifierName !== undefined || ifExists !== undefined) return { invalid: `unknown operator ${operator}` };
    return compileNull(operator, key, values);
  }
  const facts = findOperator(name);
  if (facts === undefined) return { invalid: `unknown operator ${operator}` };
  const tests: ValueTest[] = [];
  for (const value of values) {
    const test = facts.compile(value, withVariables);
    if (test === undefined) return { invalid: `${operator} cannot take the value "${value}"` };
    tests.push(test);
  }
  const rule: Rule = { tests, isNegated: facts.isNegated, quantifier: quantifierOf(quantifierName) };
  return {
    operator,
    key,
    values,
    test: (context) => {
      if (!isKnownConditionKey(lowerKey)) return 'unknown';
      const found = context.values(lowerKey);
      if (ifExists !== undefined && isAbsent(found)) return 'holds';
      return judge(rule, found, context);
    },
  };
}

interface Rule {
  readonly tests: readonly ValueTest[];
  readonly isNegated: boolean;
  readonly quantifier: Quantifier;
}

function quantifierOf(name: string | undefined): Quantifier {
  if (name === 'ForAllValues') return 'all';
  return name === 'ForAnyValue' ? 'any' : 'one';
}

function isAbsent(values: readonly string[] | undefined): boolean {
  return values === undefined || values.length === 0;
}

/**
 * IAM user guide, "Multivalued context keys": ForAllValues holds for an absent key, ForAnyValue does not; without either, an
 * absent key fails a positive operator and holds for a negated one.
 */
function judge(rule: Rule, found: readonly string[] | undefined, context: ConditionContext): Verdict {
  if (found === undefined || found.length === 0) {
    if (rule.quantifier === 'one') return rule.isNegated ? 'holds' : 'fails';
    return rule.quantifier === 'all' ? 'holds' : 'fails';
  }
  const verdicts = found.map((value) => judgeValue(rule, value, context));
  // A negated operator without quantifier holds where no value of the request matches: the strict reading.
  const wantsAll = rule.quantifier === 'all' || (rule.quantifier === 'one' && rule.isNegated);
  const decisive: Verdict = wantsAll ? 'fails' : 'holds';
  if (verdicts.includes(decisive)) return decisive;
  if (verdicts.includes('unknown')) return 'unknown';
  return wantsAll ? 'holds' : 'fails';
}

function judgeValue(rule: Rule, value: string, context: ConditionContext): Verdict {
  let isUnknown = false;
  for (const test of rule.tests) {
    const matches = test(value, context);
    if (matches === true) return rule.isNegated ? 'fails' : 'holds';
    isUnknown ||= matches === undefined;
  }
  if (isUnknown) return 'unknown';
  return rule.isNegated ? 'holds' : 'fails';
}

function compileNull(
  operator: string,
  key: string,
  values: readonly string[],
): Condition | { readonly invalid: string } {
  const wanted = values.map((value) => value.toLowerCase());
  if (wanted.some((value) => value !== 'true' && value !== 'false')) {
    return { invalid: 'Null takes "true" or "false"' };
  }
  const lowerKey = key.toLowerCase();
  return {
    operator,
    key,
    values,
    test: (context) => {
      if (!isKnownConditionKey(lowerKey)) return 'unknown';
      return wanted.includes(String(isAbsent(context.values(lowerKey)))) ? 'holds' : 'fails';
    },
  };
}
