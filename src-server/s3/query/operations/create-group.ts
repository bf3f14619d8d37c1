import { checkIamName, checkIamPath } from '../../../domain/iam-rules.ts';
import { MAX_GROUP_NAME } from '../../../domain/iam-visibility.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { createGroup as addGroup } from '../../../services/iam/create-group.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { groupFacts } from '../iam-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Adds a group to the caller's account (IAM API reference, CreateGroup). */
export async function createGroup(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const row = await addGroup(context, identity, {
    name: checkIamName(parameters.required('GroupName'), 'groupName', MAX_GROUP_NAME),
    path: checkIamPath(parameters.get('Path') ?? '/'),
  });
  return wrap('Group', groupFacts(row));
}
