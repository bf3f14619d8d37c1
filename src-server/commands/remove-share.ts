import { deleteShareRow, findShare } from '../db/tables/share.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';

export interface RemoveShareInput {
  readonly id: string;
  /** Whose it must be; undefined for who may remove anybody's. */
  readonly makerId: UserId | undefined;
}

/** Removes a link for good, with what is noted of its use; false where there is no such link. */
export async function removeShare(tx: WriteTx, { id, makerId }: RemoveShareInput): Promise<boolean> {
  const share = await findShare(tx, id);
  if (share === undefined || (makerId !== undefined && share.maker_id !== makerId)) return false;
  await deleteShareRow(tx, id);
  return true;
}
