import { findShare, type ShareRow, updateShareTerms } from '../db/tables/share.ts';
import { deleteTicketsOf } from '../db/tables/share-ticket.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';

/** What may be changed of a link; what is not named stays. */
export type ShareChanges = Partial<
  Pick<
    ShareRow,
    | 'expires_ms'
    | 'revoked_ms'
    | 'password_hash'
    | 'download_limit'
    | 'note'
    | 'label'
    | 'max_bytes'
    | 'max_files'
    | 'file_types'
  >
>;

export interface ChangeShareInput {
  readonly id: string;
  /** Whose it must be; undefined for who may change anybody's. */
  readonly makerId: UserId | undefined;
  readonly changes: ShareChanges;
}

/**
 * Changes the terms of a link; false where there is no such link. Downloads that began under another password, or before
 * it was revoked, do not go on.
 */
export async function changeShare(tx: WriteTx, { id, makerId, changes }: ChangeShareInput): Promise<boolean> {
  const share = await findShare(tx, id);
  if (share === undefined || (makerId !== undefined && share.maker_id !== makerId)) return false;
  await updateShareTerms(tx, { ...share, ...changes });
  if (changes.password_hash !== undefined || (changes.revoked_ms ?? null) !== null) await deleteTicketsOf(tx, id);
  return true;
}
