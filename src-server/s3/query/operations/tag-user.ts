import { checkIamTags } from '../../../domain/iam-rules.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { changeUserTags } from '../../../services/iam/change-user-tags.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Puts tags on a user (IAM API reference, TagUser). */
export async function tagUser(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const userName = parameters.required('UserName');
  const put = checkIamTags(
    parameters.structures('Tags').map((tag) => ({ key: tag.get('Key') ?? '', value: tag.get('Value') ?? '' })),
  );
  await changeUserTags(context, identity, userName, { put, removed: [] });
  return undefined;
}
