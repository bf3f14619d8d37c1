import type { EpochMs, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** A link with which a person chooses a password, once. `token_hash`: SHA-256 of its token. */
export interface PasswordLinkRow {
  readonly user_id: UserId;
  readonly token_hash: Buffer;
  readonly purpose: 'invite' | 'reset';
  readonly created_ms: EpochMs;
  readonly expires_ms: EpochMs;
}

/** The link with this token's hash. Whether it has run out is the caller's question. */
export async function findPasswordLink(tx: ReadTx, tokenHash: Uint8Array): Promise<PasswordLinkRow | undefined> {
  return tx.get<PasswordLinkRow>('SELECT * FROM password_link WHERE token_hash = ?', Buffer.from(tokenHash));
}

/** Gives a user this link and no other. */
export async function putPasswordLink(tx: WriteTx, row: PasswordLinkRow): Promise<void> {
  await deletePasswordLink(tx, row.user_id);
  await tx.run(
    'INSERT INTO password_link (user_id, token_hash, purpose, created_ms, expires_ms) VALUES (?, ?, ?, ?, ?)',
    row.user_id,
    row.token_hash,
    row.purpose,
    row.created_ms,
    row.expires_ms,
  );
}

/** Ends a user's link, where there is one. */
export async function deletePasswordLink(tx: WriteTx, userId: UserId): Promise<void> {
  await tx.run('DELETE FROM password_link WHERE user_id = ?', userId);
}
