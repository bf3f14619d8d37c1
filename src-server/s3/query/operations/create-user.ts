import { checkIamName, checkIamPath, checkIamTags } from '../../../domain/iam-rules.ts';
import { MAX_USER_NAME } from '../../../domain/iam-visibility.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { createIamUser } from '../../../services/iam/create-iam-user.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { wholeUser } from '../iam-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Adds a user to the caller's account (IAM API reference, CreateUser). */
export async function createUser(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const row = await createIamUser(context, identity, {
    name: checkIamName(parameters.required('UserName'), 'userName', MAX_USER_NAME),
    path: checkIamPath(parameters.get('Path') ?? '/'),
    tags: checkIamTags(
      parameters.structures('Tags').map((tag) => ({ key: tag.get('Key') ?? '', value: tag.get('Value') ?? '' })),
    ),
    boundaryArn: parameters.get('PermissionsBoundary'),
  });
  return wrap('User', wholeUser(row, parameters.get('PermissionsBoundary')));
}
