import { countDownload, findShare, insertShareUse } from '../db/tables/share.ts';
import { deleteTicketsBefore, insertShareTicket } from '../db/tables/share-ticket.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs } from '../domain/ids.ts';
import { endOfShare } from '../domain/share.ts';

export interface StartShareDownloadInput {
  readonly shareId: string;
  /** SHA-256 of the ticket. */
  readonly ticketHash: Uint8Array;
  /** What of the link, relative to its base. */
  readonly path: string;
  /** For a use's line. */
  readonly subject: string;
  readonly nowMs: EpochMs;
  /** Tickets that began before are dropped on the way. */
  readonly dropBeforeMs: EpochMs;
  readonly address: string;
  readonly client: string;
}

/** Counts a download and admits its ticket, where the link still has one left; false otherwise. However many start at once, no more than the limit are admitted. */
export async function startShareDownload(tx: WriteTx, input: StartShareDownloadInput): Promise<boolean> {
  const share = await findShare(tx, input.shareId);
  if (share === undefined || share.kind === 'upload' || endOfShare(share, input.nowMs) !== undefined) return false;
  await countDownload(tx, share.id);
  await deleteTicketsBefore(tx, input.dropBeforeMs);
  await insertShareTicket(tx, {
    ticket_hash: Buffer.from(input.ticketHash),
    share_id: share.id,
    path: input.path,
    started_ms: input.nowMs,
  });
  const { nowMs, address, client, subject } = input;
  await insertShareUse(tx, share.id, { kind: 'downloaded', at_ms: nowMs, address, client, subject });
  return true;
}
