import { changeReceived, findShare, type ShareRow } from '../db/tables/share.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs } from '../domain/ids.ts';
import { endOfShare } from '../domain/share.ts';

export interface ReserveShareUploadInput {
  readonly shareId: string;
  /** At most so much is wanted. */
  readonly bytes: number;
  readonly files: number;
  readonly nowMs: EpochMs;
}

/** How much of it there is; both 0 where the link takes nothing more. */
export interface GrantedRoom {
  readonly bytes: number;
  readonly files: number;
}

/**
 * Takes room of an upload request before the bytes come, so that senders at once cannot exceed it. What is not needed is
 * given back by `settle-share-upload`; what a crash kept from being given back stays taken.
 */
export async function reserveShareUpload(tx: WriteTx, input: ReserveShareUploadInput): Promise<GrantedRoom> {
  const share = await findShare(tx, input.shareId);
  if (share?.kind !== 'upload' || hasEnded(share, input)) return { bytes: 0, files: 0 };
  const bytes = roomOf(share.max_bytes, share.received_bytes, input.bytes);
  const files = roomOf(share.max_files, share.received_files, input.files);
  if (bytes < Math.min(input.bytes, 1) || files < input.files) return { bytes: 0, files: 0 };
  await changeReceived(tx, share.id, bytes, files);
  return { bytes, files };
}

/** Who holds a reservation of the last bytes may still take its files. */
function hasEnded(share: ShareRow, { nowMs }: ReserveShareUploadInput): boolean {
  const end = endOfShare(share, nowMs);
  return end !== undefined && end !== 'used-up';
}

function roomOf(max: number | null, taken: number, wanted: number): number {
  return max === null ? wanted : Math.max(0, Math.min(wanted, max - taken));
}
