import { Failure } from '../../../domain/failure.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { changeIamKey } from '../../../services/iam/change-iam-key.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Enables or disables a key (IAM API reference, UpdateAccessKey). */
export async function updateAccessKey(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const accessKeyId = parameters.required('AccessKeyId');
  const status = parameters.required('Status');
  if (status !== 'Active' && status !== 'Inactive') {
    throw new Failure('ValidationError', 'Status must be one of Active, Inactive');
  }
  const about = { userName: parameters.get('UserName'), accessKeyId };
  await changeIamKey(context, identity, about, status === 'Active' ? 'active' : 'disabled');
  return undefined;
}
