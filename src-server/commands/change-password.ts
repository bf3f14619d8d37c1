import { findActingUser, updateUser } from '../db/tables/iam-user.ts';
import { deletePasswordLink } from '../db/tables/password-link.ts';
import { deleteOtherSessions } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';

export interface ChangePasswordInput {
  readonly userId: UserId;
  /** The hash that the old password was verified against. */
  readonly verifiedPasswordHash: string;
  readonly passwordHash: string;
  /** The session it is done in; all others end. */
  readonly sessionId: string;
}

/** Sets a user's own password; false where the old one is another by now. Other sessions and a link that stood end. */
export async function changePassword(tx: WriteTx, input: ChangePasswordInput): Promise<boolean> {
  const user = await findActingUser(tx, input.userId);
  if (user?.password_hash !== input.verifiedPasswordHash) return false;
  await updateUser(tx, { ...user, password_hash: input.passwordHash });
  await deleteOtherSessions(tx, user.id, input.sessionId);
  await deletePasswordLink(tx, user.id);
  return true;
}
