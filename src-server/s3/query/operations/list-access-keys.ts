import type { ServiceContext } from '../../../services/context.ts';
import { listIamKeys } from '../../../services/iam/list-iam-keys.ts';
import { element } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { isoTime, members, pageOf } from '../query-page.ts';

/** The keys of a user, without secrets (IAM API reference, ListAccessKeys). */
export async function listAccessKeys(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const keys = await listIamKeys(context, identity, parameters.get('UserName'));
  const page = pageOf(parameters, keys, ({ id }) => id);
  const list = members(
    'AccessKeyMetadata',
    page.items,
    (key) =>
      element('UserName', key.user_name) +
      element('AccessKeyId', key.id) +
      element('Status', key.state === 'active' ? 'Active' : 'Inactive') +
      element('CreateDate', isoTime(key.created_ms)),
  );
  return list + page.xml;
}
