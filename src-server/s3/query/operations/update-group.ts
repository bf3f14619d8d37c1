import { checkIamName, checkIamPath } from '../../../domain/iam-rules.ts';
import { MAX_GROUP_NAME } from '../../../domain/iam-visibility.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { updateGroup as changeGroup } from '../../../services/iam/update-group.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Gives a group another name or path (IAM API reference, UpdateGroup). */
export async function updateGroup(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const newName = parameters.get('NewGroupName');
  const newPath = parameters.get('NewPath');
  await changeGroup(context, identity, {
    name: parameters.required('GroupName'),
    newName: newName === undefined ? undefined : checkIamName(newName, 'newGroupName', MAX_GROUP_NAME),
    newPath: newPath === undefined ? undefined : checkIamPath(newPath),
  });
  return undefined;
}
