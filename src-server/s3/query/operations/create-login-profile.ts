import { Failure } from '../../../domain/failure.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { namedUser } from '../../../services/iam/ask.ts';
import { putLoginProfile } from '../../../services/iam/put-login-profile.ts';
import { element, wrap } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { isoTime } from '../query-page.ts';

/** Gives a user a password for the console (IAM API reference, CreateLoginProfile). */
export async function createLoginProfile(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  if (parameters.get('PasswordResetRequired') === 'true') {
    throw new Failure('ValidationError', 'PasswordResetRequired: send a link from the console instead');
  }
  const password = parameters.required('Password');
  const userName = namedUser(identity, parameters.get('UserName'));
  await putLoginProfile(context, identity, userName, { kind: 'create', password });
  return wrap(
    'LoginProfile',
    element('UserName', userName) +
      element('CreateDate', isoTime(context.now())) +
      element('PasswordResetRequired', false),
  );
}
