import type { EpochMs, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { findActingUser, type IamUserRow } from './iam-user.ts';

/** `token_hash`: SHA-256 of the token. `used_ms`: last use as far as it was written back; `address` is where from. */
export interface SessionRow {
  readonly id: string;
  readonly token_hash: Buffer;
  readonly user_id: UserId;
  readonly created_ms: EpochMs;
  readonly used_ms: EpochMs;
  readonly expires_ms: EpochMs;
  readonly address: string;
  readonly client: string;
}

/** A session with the user it is of. */
export interface SignedInRow {
  readonly session: SessionRow;
  readonly user: IamUserRow;
}

/** The session with this token's hash and its user, where the user is active. Whether it has run out is the caller's question. */
export async function findSessionByToken(tx: ReadTx, tokenHash: Buffer): Promise<SignedInRow | undefined> {
  return withActiveUser(tx, await tx.get<SessionRow>('SELECT * FROM session WHERE token_hash = ?', tokenHash));
}

/** As `findSessionByToken`, by the session's id. */
export async function findSessionById(tx: ReadTx, id: string): Promise<SignedInRow | undefined> {
  return withActiveUser(tx, await tx.get<SessionRow>('SELECT * FROM session WHERE id = ?', id));
}

async function withActiveUser(tx: ReadTx, session: SessionRow | undefined): Promise<SignedInRow | undefined> {
  if (session === undefined) return undefined;
  const user = await findActingUser(tx, session.user_id);
  return user === undefined ? undefined : { session, user };
}

/** A user's sessions, the one used last first. */
export async function listSessionsOf(tx: ReadTx, userId: UserId): Promise<SessionRow[]> {
  return tx.all<SessionRow>('SELECT * FROM session WHERE user_id = ? ORDER BY used_ms DESC, id', userId);
}

/** Adds a session; id and token are new. */
export async function insertSession(tx: WriteTx, row: SessionRow): Promise<void> {
  await tx.run(
    `INSERT INTO session (id, token_hash, user_id, created_ms, used_ms, expires_ms, address, client)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.token_hash,
    row.user_id,
    row.created_ms,
    row.used_ms,
    row.expires_ms,
    row.address,
    row.client,
  );
}

/** Writes back when and from where a session was used. */
export async function setSessionUse(tx: WriteTx, id: string, usedMs: EpochMs, address: string): Promise<void> {
  await tx.run('UPDATE session SET used_ms = ?, address = ? WHERE id = ? AND used_ms < ?', usedMs, address, id, usedMs);
}

/** Removes one of a user's sessions; true if there was one. */
export async function deleteSession(tx: WriteTx, id: string, userId: UserId): Promise<boolean> {
  return (await tx.run('DELETE FROM session WHERE id = ? AND user_id = ?', id, userId)) > 0;
}

/** Removes all sessions of a user. */
export async function deleteSessionsOf(tx: WriteTx, userId: UserId): Promise<void> {
  await tx.run('DELETE FROM session WHERE user_id = ?', userId);
}

/** Removes sessions of anybody that have run out, or that nobody used since `unusedSinceMs`. */
export async function deleteEndedSessions(tx: WriteTx, nowMs: EpochMs, unusedSinceMs: EpochMs): Promise<void> {
  await tx.run('DELETE FROM session WHERE expires_ms <= ?', nowMs);
  await tx.run('DELETE FROM session WHERE used_ms <= ?', unusedSinceMs);
}

/** Removes all sessions of a user but one. */
export async function deleteOtherSessions(tx: WriteTx, userId: UserId, keptId: string): Promise<void> {
  await tx.run('DELETE FROM session WHERE user_id = ? AND id <> ?', userId, keptId);
}
