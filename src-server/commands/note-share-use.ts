import { findShare, insertShareUse, type ShareUse } from '../db/tables/share.ts';
import type { WriteTx } from '../db/tx.ts';

export interface NoteShareUseInput {
  readonly shareId: string;
  readonly use: ShareUse;
}

/** Notes that a link was used, where it still stands. */
export async function noteShareUse(tx: WriteTx, { shareId, use }: NoteShareUseInput): Promise<void> {
  if ((await findShare(tx, shareId)) !== undefined) await insertShareUse(tx, shareId, use);
}
