import type { EpochMs } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** A counted download. `path`: what of the link, relative to its base. */
export interface ShareTicketRow {
  readonly ticket_hash: Buffer;
  readonly share_id: string;
  readonly path: string;
  readonly started_ms: EpochMs;
}

/** The download whose ticket has this hash. */
export async function findShareTicket(tx: ReadTx, ticketHash: Buffer): Promise<ShareTicketRow | undefined> {
  return tx.get<ShareTicketRow>('SELECT * FROM share_ticket WHERE ticket_hash = ?', ticketHash);
}

/** Adds a ticket; it is new. */
export async function insertShareTicket(tx: WriteTx, row: ShareTicketRow): Promise<void> {
  await tx.run(
    'INSERT INTO share_ticket (ticket_hash, share_id, path, started_ms) VALUES (?, ?, ?, ?)',
    row.ticket_hash,
    row.share_id,
    row.path,
    row.started_ms,
  );
}

/** Removes tickets of any link that began before. */
export async function deleteTicketsBefore(tx: WriteTx, startedMs: EpochMs): Promise<void> {
  await tx.run('DELETE FROM share_ticket WHERE started_ms < ?', startedMs);
}

/** Removes the tickets of a link: its downloads do not go on. */
export async function deleteTicketsOf(tx: WriteTx, shareId: string): Promise<void> {
  await tx.run('DELETE FROM share_ticket WHERE share_id = ?', shareId);
}
