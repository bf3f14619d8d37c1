import type { ServiceContext } from '../../../services/context.ts';
import { changePolicyVersion } from '../../../services/iam/change-policy-version.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Removes a version of a managed policy. */
export async function deletePolicyVersion(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await changePolicyVersion(context, identity, 'DeletePolicyVersion', {
    arn: parameters.required('PolicyArn'),
    versionId: parameters.required('VersionId'),
  });
  return undefined;
}
