import type { ServiceContext } from '../../../services/context.ts';
import { askAboutUser } from '../../../services/iam/ask.ts';
import { noLoginProfile } from '../../../services/iam/put-login-profile.ts';
import { element, wrap } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { isoTime } from '../query-page.ts';

/** Has a user a password for the console? (IAM API reference, GetLoginProfile). */
export async function getLoginProfile(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const row = await askAboutUser(context, identity, 'iam:GetLoginProfile', parameters.get('UserName'));
  if (row.password_hash === null) throw noLoginProfile(row.name);
  return wrap(
    'LoginProfile',
    element('UserName', row.name) +
      element('CreateDate', isoTime(row.created_ms)) +
      element('PasswordResetRequired', false),
  );
}
