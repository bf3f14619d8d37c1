import type { ServiceContext } from '../../../services/context.ts';
import { deleteHolderPolicy } from '../../../services/iam/holder-policies.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Removes an inline policy of a user (IAM API reference, DeleteUserPolicy). */
export async function deleteUserPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'user', name: parameters.required('UserName') } as const;
  await deleteHolderPolicy(context, identity, holder, parameters.required('PolicyName'));
  return undefined;
}
