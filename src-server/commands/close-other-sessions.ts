import { deleteOtherSessions } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';

export interface CloseOtherSessionsInput {
  readonly userId: UserId;
  readonly keptId: string;
}

/** Ends all sessions of a user but one. */
export async function closeOtherSessions(tx: WriteTx, { userId, keptId }: CloseOtherSessionsInput): Promise<void> {
  await deleteOtherSessions(tx, userId, keptId);
}
