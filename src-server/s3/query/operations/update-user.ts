import { checkIamName, checkIamPath } from '../../../domain/iam-rules.ts';
import { MAX_USER_NAME } from '../../../domain/iam-visibility.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { updateIamUser } from '../../../services/iam/update-iam-user.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Gives a user another name or path (IAM API reference, UpdateUser). */
export async function updateUser(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const newName = parameters.get('NewUserName');
  const newPath = parameters.get('NewPath');
  await updateIamUser(context, identity, {
    name: parameters.required('UserName'),
    newName: newName === undefined ? undefined : checkIamName(newName, 'newUserName', MAX_USER_NAME),
    newPath: newPath === undefined ? undefined : checkIamPath(newPath),
  });
  return undefined;
}
