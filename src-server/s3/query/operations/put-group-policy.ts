import { checkIamName } from '../../../domain/iam-rules.ts';
import { MAX_POLICY_NAME } from '../../../domain/iam-visibility.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { putHolderPolicy } from '../../../services/iam/holder-policies.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Adds or replaces an inline policy of a group (IAM API reference, PutGroupPolicy). */
export async function putGroupPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'group', name: parameters.required('GroupName') } as const;
  await putHolderPolicy(context, identity, holder, {
    policyName: checkIamName(parameters.required('PolicyName'), 'policyName', MAX_POLICY_NAME),
    document: parameters.required('PolicyDocument'),
  });
  return undefined;
}
