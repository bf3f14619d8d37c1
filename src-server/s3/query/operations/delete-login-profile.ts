import type { ServiceContext } from '../../../services/context.ts';
import { putLoginProfile } from '../../../services/iam/put-login-profile.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Takes the password for the console from a user (IAM API reference, DeleteLoginProfile). */
export async function deleteLoginProfile(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await putLoginProfile(context, identity, parameters.get('UserName'), { kind: 'remove' });
  return undefined;
}
