import type { ServiceContext } from '../../../services/context.ts';
import { findPolicy } from '../../../services/iam/find-policy.ts';
import { element } from '../../xml/xml-writer.ts';
import { versionXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members } from '../query-page.ts';

/** Lists the versions of a managed policy, the newest first. */
export async function listPolicyVersions(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const arn = parameters.required('PolicyArn');
  const { policy, versions } = await findPolicy(context, identity, 'ListPolicyVersions', arn);
  // There are five at most: never more than a page.
  const list = members('Versions', versions, (one) => versionXml(one, one.version === policy.default_version));
  return list + element('IsTruncated', false);
}
