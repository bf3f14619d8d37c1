import type { ServiceContext } from '../../../services/context.ts';
import { changePolicyVersion } from '../../../services/iam/change-policy-version.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Makes a version of a managed policy the one that counts. */
export async function setDefaultPolicyVersion(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await changePolicyVersion(context, identity, 'SetDefaultPolicyVersion', {
    arn: parameters.required('PolicyArn'),
    versionId: parameters.required('VersionId'),
  });
  return undefined;
}
