import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { mayActSql } from './iam-user.ts';

/** Temporary credentials. `role_id` null: of the user itself (GetSessionToken). */
export interface StsSessionRow {
  readonly access_key_id: string;
  /** SHA-256 of the session token. */
  readonly token_hash: Buffer;
  readonly sealed_secret: Buffer;
  readonly user_id: UserId;
  readonly role_id: SequenceId | null;
  readonly name: string;
  /** JSON list of session policies. */
  readonly policies: string | null;
  /** JSON object of session tags. */
  readonly tags: string | null;
  /** JSON list of the tags that the next role's session has, too. */
  readonly transitive_tag_keys: string | null;
  readonly source_identity: string | null;
  /** The key that asked for it; without that key the session is over. */
  readonly issuing_key_id: string | null;
  readonly created_ms: EpochMs;
  readonly expires_ms: EpochMs;
}

/**
 * The session with this key id, as long as who it is of may act: the user is active, and the key it was asked for with, where there is one,
 * is there and active. Whether it has expired is the caller's question.
 */
export async function findUsableSession(tx: ReadTx, accessKeyId: string): Promise<StsSessionRow | undefined> {
  return tx.get<StsSessionRow>(
    `SELECT s.* FROM sts_session s JOIN iam_user u ON u.id = s.user_id
     WHERE s.access_key_id = ? AND ${mayActSql('u')}
       AND (s.issuing_key_id IS NULL OR EXISTS (
         SELECT 1 FROM access_key k JOIN iam_user i ON i.id = k.user_id
         WHERE k.id = s.issuing_key_id AND k.state = 'active' AND ${mayActSql('i')}))`,
    accessKeyId,
  );
}

/** Adds a session; its key id is new. */
export async function insertStsSession(tx: WriteTx, row: StsSessionRow): Promise<void> {
  await tx.run(
    `INSERT INTO sts_session (access_key_id, token_hash, sealed_secret, user_id, role_id, name, policies, tags,
       transitive_tag_keys, source_identity, issuing_key_id, created_ms, expires_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.access_key_id,
    row.token_hash,
    row.sealed_secret,
    row.user_id,
    row.role_id,
    row.name,
    row.policies,
    row.tags,
    row.transitive_tag_keys,
    row.source_identity,
    row.issuing_key_id,
    row.created_ms,
    row.expires_ms,
  );
}

/** Removes what has run out, oldest first, at most so many; answers how many went. */
export async function deleteExpiredSessions(tx: WriteTx, nowMs: EpochMs, limit: number): Promise<number> {
  return tx.run(
    `DELETE FROM sts_session WHERE access_key_id IN
       (SELECT access_key_id FROM sts_session WHERE expires_ms <= ? ORDER BY expires_ms LIMIT ?)`,
    nowMs,
    BigInt(limit),
  );
}

/** Ends the sessions of a role. */
export async function deleteSessionsOfRole(tx: WriteTx, roleId: SequenceId): Promise<void> {
  await tx.run('DELETE FROM sts_session WHERE role_id = ?', roleId);
}

/** How many sessions that a key opened are not over. */
export async function countOpenSessions(tx: ReadTx, issuingKeyId: string, nowMs: EpochMs): Promise<number> {
  const sql = 'SELECT count(*) AS found FROM sts_session WHERE issuing_key_id = ? AND expires_ms > ?';
  return (await tx.get<{ found: number }>(sql, issuingKeyId, nowMs))?.found ?? 0;
}

/** Whether some session ended then or before. */
export async function hasEndedSession(tx: ReadTx, endedMs: EpochMs): Promise<boolean> {
  return (await tx.get('SELECT 1 FROM sts_session WHERE expires_ms <= ? LIMIT 1', endedMs)) !== undefined;
}

/** The account of a key, lasting or temporary. */
export async function findKeyAccount(tx: ReadTx, accessKeyId: string): Promise<string | undefined> {
  const row = await tx.get<{ account_id: string }>(
    `SELECT u.account_id FROM access_key k JOIN iam_user u ON u.id = k.user_id WHERE k.id = ?
     UNION ALL SELECT coalesce(r.account_id, u.account_id) AS account_id FROM sts_session s
       JOIN iam_user u ON u.id = s.user_id LEFT JOIN iam_role r ON r.id = s.role_id WHERE s.access_key_id = ?`,
    accessKeyId,
    accessKeyId,
  );
  return row?.account_id;
}

/** The lasting key that opened a session; undefined for what is no session. */
export async function findIssuingKeyId(tx: ReadTx, accessKeyId: string): Promise<string | undefined> {
  const sql = 'SELECT issuing_key_id FROM sts_session WHERE access_key_id = ?';
  return (await tx.get<{ issuing_key_id: string | null }>(sql, accessKeyId))?.issuing_key_id ?? undefined;
}
