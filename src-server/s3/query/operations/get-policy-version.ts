import { Failure } from '../../../domain/failure.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { parseVersionId } from '../../../services/iam/change-policy-version.ts';
import { findPolicy } from '../../../services/iam/find-policy.ts';
import { element, wrap } from '../../xml/xml-writer.ts';
import { versionXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { encodedPolicy } from '../query-page.ts';

/** Shows one version of a managed policy, with its text. */
export async function getPolicyVersion(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const wanted = parseVersionId(parameters.required('VersionId'));
  const arn = parameters.required('PolicyArn');
  const { policy, versions } = await findPolicy(context, identity, 'GetPolicyVersion', arn);
  const found = versions.find(({ version }) => version === wanted);
  if (found === undefined) throw new Failure('NoSuchEntity', `Policy version v${wanted} does not exist.`);
  const document = element('Document', encodedPolicy(found.document));
  return wrap('PolicyVersion', document + versionXml(found, found.version === policy.default_version));
}
