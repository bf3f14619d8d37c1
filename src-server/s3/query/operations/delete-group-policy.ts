import type { ServiceContext } from '../../../services/context.ts';
import { deleteHolderPolicy } from '../../../services/iam/holder-policies.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Removes an inline policy of a group (IAM API reference, DeleteGroupPolicy). */
export async function deleteGroupPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'group', name: parameters.required('GroupName') } as const;
  await deleteHolderPolicy(context, identity, holder, parameters.required('PolicyName'));
  return undefined;
}
