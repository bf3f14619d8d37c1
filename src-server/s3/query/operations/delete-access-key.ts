import type { ServiceContext } from '../../../services/context.ts';
import { changeIamKey } from '../../../services/iam/change-iam-key.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Removes a key (IAM API reference, DeleteAccessKey). */
export async function deleteAccessKey(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const accessKeyId = parameters.required('AccessKeyId');
  await changeIamKey(context, identity, { userName: parameters.get('UserName'), accessKeyId }, 'delete');
  return undefined;
}
