import type { ServiceContext } from '../../../services/context.ts';
import { findKeyUse } from '../../../services/iam/find-key-use.ts';
import { element, wrap } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { isoTime } from '../query-page.ts';

/** When a key was last used, as far as that was written back (IAM API reference, GetAccessKeyLastUsed). */
export async function getAccessKeyLastUsed(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const key = await findKeyUse(context, identity, parameters.required('AccessKeyId'));
  const used =
    key.used_ms === null
      ? element('Region', 'N/A') + element('ServiceName', 'N/A')
      : element('LastUsedDate', isoTime(key.used_ms)) +
        element('Region', context.config.region) +
        element('ServiceName', 's3');
  return element('UserName', key.user_name) + wrap('AccessKeyLastUsed', used);
}
