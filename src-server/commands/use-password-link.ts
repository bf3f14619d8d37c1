import { findActingUser, updateUser } from '../db/tables/iam-user.ts';
import { deletePasswordLink, findPasswordLink } from '../db/tables/password-link.ts';
import { deleteSessionsOf } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';

export interface UsePasswordLinkInput {
  readonly tokenHash: Uint8Array;
  readonly passwordHash: string;
  readonly nowMs: EpochMs;
}

/** Sets the password of the link's user and spends the link; their sessions end. Undefined for no such link; of two that race, one wins. */
export async function usePasswordLink(tx: WriteTx, input: UsePasswordLinkInput): Promise<UserId | undefined> {
  const link = await findPasswordLink(tx, input.tokenHash);
  if (link === undefined || link.expires_ms <= input.nowMs) return undefined;
  const user = await findActingUser(tx, link.user_id);
  if (user === undefined) return undefined;
  await deletePasswordLink(tx, user.id);
  await updateUser(tx, { ...user, password_hash: input.passwordHash });
  await deleteSessionsOf(tx, user.id);
  return user.id;
}
