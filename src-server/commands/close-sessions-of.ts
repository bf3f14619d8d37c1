import { deleteSessionsOf } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';
import { requireAdmin, requireOther } from './support/people.ts';

export interface CloseSessionsOfInput {
  readonly actorId: UserId;
  readonly name: string;
}

/** Ends all sessions of somebody whom the actor manages. Throws AccessDenied, NoSuchEntity. */
export async function closeSessionsOf(tx: WriteTx, { actorId, name }: CloseSessionsOfInput): Promise<UserId> {
  const user = await requireOther(tx, await requireAdmin(tx, actorId), name);
  await deleteSessionsOf(tx, user.id);
  return user.id;
}
