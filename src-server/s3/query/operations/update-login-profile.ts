import { Failure } from '../../../domain/failure.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { putLoginProfile } from '../../../services/iam/put-login-profile.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Gives a user another password for the console (IAM API reference, UpdateLoginProfile). */
export async function updateLoginProfile(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  if (parameters.get('PasswordResetRequired') === 'true') {
    throw new Failure('ValidationError', 'PasswordResetRequired: send a link from the console instead');
  }
  const password = parameters.required('Password');
  await putLoginProfile(context, identity, parameters.required('UserName'), { kind: 'change', password });
  return undefined;
}
