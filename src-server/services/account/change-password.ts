import { hashPassword } from '../access/password.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from '../people/announce-people.ts';
import { type NotProven, provePassword } from './prove-self.ts';

export interface ChangePasswordRequest {
  readonly oldPassword: string;
  readonly newPassword: string;
  /** The session it is done in; all others end. */
  readonly sessionId: string;
  readonly address: string;
}

/** Changes one's own password for who knows the old one. */
export async function changePassword(
  context: ServiceContext,
  caller: UserIdentity,
  { oldPassword, newPassword, sessionId, address }: ChangePasswordRequest,
): Promise<{ readonly kind: 'changed' } | NotProven> {
  const proven = await provePassword(context, caller, { password: oldPassword, address });
  if (proven.kind !== 'proven') return proven;
  const changed = await context.engine.submit('change-password', {
    userId: caller.userId,
    verifiedPasswordHash: proven.hash,
    passwordHash: await hashPassword(newPassword),
    sessionId,
  });
  if (!changed) return { kind: 'wrong' };
  announcePeople(context, caller.userId);
  return { kind: 'changed' };
}
