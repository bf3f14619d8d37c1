import { Failure } from '../../../domain/failure.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { changeUserTags } from '../../../services/iam/change-user-tags.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Takes tags from a user (IAM API reference, UntagUser). */
export async function untagUser(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const userName = parameters.required('UserName');
  const removed = parameters.list('TagKeys');
  if (removed.length === 0) throw new Failure('ValidationError', 'TagKeys must name at least one key');
  await changeUserTags(context, identity, userName, { put: {}, removed });
  return undefined;
}
