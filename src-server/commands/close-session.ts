import { deleteSession } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';

export interface CloseSessionInput {
  readonly id: string;
  readonly userId: UserId;
}

/** Ends one of a user's sessions; false where the user has no such session. */
export async function closeSession(tx: WriteTx, { id, userId }: CloseSessionInput): Promise<boolean> {
  return deleteSession(tx, id, userId);
}
