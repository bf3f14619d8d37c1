import { Failure } from '../../domain/failure.ts';
import { authorize } from '../access/authorize.ts';
import { changePassword } from '../account/change-password.ts';
import type { ServiceContext } from '../context.ts';
import type { IamCaller } from './ask.ts';
import { checkPassword } from './put-login-profile.ts';

/** Changes one's own password for who knows the old one; everybody signed in with it is out. Throws AccessDenied, ValidationError, SlowDown. */
export async function changeOwnPassword(
  context: ServiceContext,
  identity: IamCaller,
  { oldPassword, newPassword }: { readonly oldPassword: string; readonly newPassword: string },
): Promise<void> {
  await authorize(context, { identity, iamAction: 'iam:ChangePassword', resource: identity.arn });
  if (identity.session?.kind === 'role')
    throw new Failure('AccessDenied', 'Only IAM Users can change their own password');
  const outcome = await changePassword(context, identity, {
    oldPassword,
    newPassword: checkPassword(newPassword),
    sessionId: '',
    address: identity.environment?.sourceAddress ?? '',
  });
  if (outcome.kind === 'wait') throw new Failure('SlowDown');
  if (outcome.kind === 'wrong') throw new Failure('AccessDenied', 'The old password was incorrect.');
}
