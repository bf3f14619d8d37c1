import type { BucketName, EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import type { RoleColumn } from './iam-user.ts';

/** A user as lists of people show them: without anything secret. `*_used_ms`: last use that is known of. */
export interface PersonRow {
  readonly id: UserId;
  readonly name: string;
  readonly account_id: string;
  readonly path: string;
  readonly tenant_id: SequenceId | null;
  readonly tenant_name: string | null;
  readonly role: RoleColumn;
  readonly email: string | null;
  readonly display_name: string | null;
  readonly state: 'active' | 'disabled';
  readonly created_ms: EpochMs;
  readonly has_password: 0 | 1;
  readonly keys: number;
  readonly buckets: number;
  readonly session_used_ms: EpochMs | null;
  readonly key_used_ms: EpochMs | null;
  readonly has_second_factor: 0 | 1;
  readonly link_expires_ms: EpochMs | null;
}

const PERSON = `SELECT u.id, u.name, u.account_id, u.path, u.tenant_id, t.name AS tenant_name, u.role, u.email, u.display_name, u.state, u.created_ms,
    u.password_hash IS NOT NULL AS has_password,
    (SELECT count(*) FROM access_key k WHERE k.user_id = u.id) AS keys,
    (SELECT count(*) FROM bucket b WHERE b.owner_id = u.id) AS buckets,
    (SELECT max(s.used_ms) FROM session s WHERE s.user_id = u.id) AS session_used_ms,
    (SELECT max(x.used_ms) FROM access_key k JOIN access_key_use x ON x.key_id = k.id WHERE k.user_id = u.id) AS key_used_ms,
    EXISTS (SELECT 1 FROM second_factor f WHERE f.user_id = u.id AND f.state = 'on') AS has_second_factor,
    l.expires_ms AS link_expires_ms
  FROM iam_user u LEFT JOIN tenant t ON t.id = u.tenant_id LEFT JOIN password_link l ON l.user_id = u.id`;
const ALL = `${PERSON} WHERE u.role <> 'root' ORDER BY u.name`;
const OF_TENANT = `${PERSON} WHERE u.role <> 'root' AND u.tenant_id = ? ORDER BY u.name`;

/** Everybody but root, by name; with a tenant its users only. */
export async function listPersons(tx: ReadTx, tenantId: SequenceId | null): Promise<PersonRow[]> {
  return tenantId === null ? tx.all<PersonRow>(ALL) : tx.all<PersonRow>(OF_TENANT, tenantId);
}

/** One user by name. */
export async function findPerson(tx: ReadTx, name: string): Promise<PersonRow | undefined> {
  return tx.get<PersonRow>(`${PERSON} WHERE u.name = ?`, name);
}

/** Names of the buckets that a user owns, the first of them. */
export async function listOwnedBuckets(tx: ReadTx, userId: UserId, limit: number): Promise<BucketName[]> {
  const sql = 'SELECT name FROM bucket WHERE owner_id = ? ORDER BY name LIMIT ?';
  return (await tx.all<{ name: BucketName }>(sql, userId, BigInt(limit))).map(({ name }) => name);
}

/** Names of all tenants. */
export async function listTenantNames(tx: ReadTx): Promise<string[]> {
  return (await tx.all<{ name: string }>('SELECT name FROM tenant ORDER BY name')).map(({ name }) => name);
}

/** Gives all buckets of a user to another. */
export async function handBucketsOver(tx: WriteTx, fromId: UserId, toId: UserId): Promise<void> {
  await tx.run('UPDATE bucket SET owner_id = ? WHERE owner_id = ?', toId, fromId);
}

/** Removes a user's row; what refers to it is gone before. */
export async function deleteUserRow(tx: WriteTx, id: UserId): Promise<void> {
  await tx.run('DELETE FROM iam_user WHERE id = ?', id);
}
