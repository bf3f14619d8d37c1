import { Failure } from '../../domain/failure.ts';
import { contextOf } from '../../domain/policy/context.ts';
import type { Reason } from '../../domain/policy/decide.ts';
import type { Simulated, Simulation } from '../../services/iam/simulate-policies.ts';
import { element } from '../xml/xml-writer.ts';
import type { QueryParameters } from './query-operation.ts';
import { members } from './query-page.ts';

const MAX_VALUES = 100;
const ACTION = /^[a-z0-9-]+:[A-Za-z0-9]+$/;

/** Reads what Simulate… is asked. @throws Failure ValidationError */
export function readSimulation(parameters: QueryParameters): Simulation {
  const actions = parameters.list('ActionNames');
  if (actions.length === 0 || actions.some((action) => !ACTION.test(action)))
    throw new Failure('ValidationError', 'ActionNames must name actions');
  const resources = parameters.list('ResourceArns');
  const facts = parameters.structures('ContextEntries').map((entry): [string, string[]] => {
    const values: string[] = [];
    for (let index = 1; index <= MAX_VALUES; index += 1) {
      const value = entry.get(`ContextKeyValues.member.${index}`);
      if (value === undefined) break;
      values.push(value);
    }
    return [entry.get('ContextKeyName') ?? '', values];
  });
  return {
    actions,
    resources: resources.length === 0 ? ['*'] : resources,
    policies: parameters.list('PolicyInputList'),
    boundary: parameters.list('PermissionsBoundaryPolicyInputList')[0],
    resourcePolicy: parameters.get('ResourcePolicy'),
    facts: contextOf(Object.fromEntries(facts)),
  };
}

const DECISIONS = { Allow: 'allowed', ImplicitDeny: 'implicitDeny', ExplicitDeny: 'explicitDeny' } as const;

/** What Simulate… answers. */
export function simulationXml(results: readonly Simulated[]): string {
  const list = members('EvaluationResults', results, ({ action, resource, decision }) => {
    return (
      element('EvalActionName', action) +
      element('EvalResourceName', resource) +
      element('EvalDecision', DECISIONS[decision.effect]) +
      members('MatchedStatements', matched(decision.reason), (one) => one) +
      '<MissingContextValues/>'
    );
  });
  return list + element('IsTruncated', false);
}

function matched(reason: Reason): readonly string[] {
  if (reason.kind === 'role') return [element('SourcePolicyId', 'built-in-role') + element('SourcePolicyType', 'none')];
  if (reason.kind !== 'statement') return [];
  const type = reason.origin.kind === 'bucket' ? 'resource' : reason.origin.kind;
  return [element('SourcePolicyId', reason.origin.name) + element('SourcePolicyType', type)];
}
