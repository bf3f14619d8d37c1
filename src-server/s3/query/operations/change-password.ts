import type { ServiceContext } from '../../../services/context.ts';
import { changeOwnPassword } from '../../../services/iam/change-own-password.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Changes one's own password (IAM API reference, ChangePassword). */
export async function changePassword(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const oldPassword = parameters.required('OldPassword');
  const newPassword = parameters.required('NewPassword');
  await changeOwnPassword(context, identity, { oldPassword, newPassword });
  return undefined;
}
