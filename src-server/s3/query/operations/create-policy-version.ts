import type { ServiceContext } from '../../../services/context.ts';
import { createPolicyVersion as run } from '../../../services/iam/create-policy-version.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { versionXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Adds a version to a managed policy. */
export async function createPolicyVersion(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const setAsDefault = parameters.get('SetAsDefault') === 'true';
  const version = await run(context, identity, {
    arn: parameters.required('PolicyArn'),
    document: parameters.required('PolicyDocument'),
    setAsDefault,
  });
  return wrap('PolicyVersion', versionXml(version, setAsDefault));
}
