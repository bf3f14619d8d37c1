import { changeReceived, findShare, insertShareUse, type ShareUse } from '../db/tables/share.ts';
import type { WriteTx } from '../db/tx.ts';

export interface SettleShareUploadInput {
  readonly shareId: string;
  /** Of what `reserve-share-upload` granted. */
  readonly unusedBytes: number;
  readonly unusedFiles: number;
  /** Where something arrived. */
  readonly use: ShareUse | undefined;
}

/** Gives back what an upload did not need, and notes what came. */
export async function settleShareUpload(tx: WriteTx, input: SettleShareUploadInput): Promise<void> {
  const share = await findShare(tx, input.shareId);
  if (share === undefined) return;
  await changeReceived(tx, share.id, -input.unusedBytes, -input.unusedFiles);
  if (input.use !== undefined) await insertShareUse(tx, share.id, input.use);
}
