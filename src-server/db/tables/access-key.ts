import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { type IamUserRow, mayActSql } from './iam-user.ts';

/** `sealed_secret`: the secret under the install's master key (`KeyRing.sealSecret`), bound to the key's id. */
export interface AccessKeyRow {
  readonly id: string;
  readonly user_id: UserId;
  readonly sealed_secret: Buffer;
  readonly state: 'active' | 'disabled';
  readonly created_ms: EpochMs;
  /** Its owner's word for it; may be empty. */
  readonly label: string;
  /** From then on it is refused; null: never. */
  readonly expires_ms: EpochMs | null;
  /** What it may do at most; null: what its user may. */
  readonly policy: string | null;
  /** JSON list of addresses and CIDR blocks it may come from; null: any. */
  readonly source_ips: string | null;
}

/** A key, whatever its state. */
export async function findAccessKey(tx: ReadTx, id: string): Promise<AccessKeyRow | undefined> {
  return tx.get<AccessKeyRow>('SELECT * FROM access_key WHERE id = ?', id);
}

/** A user's keys, oldest first. */
export async function listAccessKeys(tx: ReadTx, userId: UserId): Promise<AccessKeyRow[]> {
  return tx.all<AccessKeyRow>('SELECT * FROM access_key WHERE user_id = ? ORDER BY created_ms, id', userId);
}

/** A key that may be used now, with its user: key and user are both active. */
export type UsableKeyRow = IamUserRow &
  Pick<AccessKeyRow, 'sealed_secret' | 'expires_ms' | 'source_ips'> & {
    readonly key_policy: string | null;
  };

const FIND_USABLE = `SELECT u.*, k.sealed_secret, k.expires_ms, k.source_ips, k.policy AS key_policy
  FROM access_key k JOIN iam_user u ON u.id = k.user_id
  WHERE k.id = ? AND k.state = 'active' AND ${mayActSql('u')}`;

/** The key with this id and its user, if both are active and the tenant is. Whether it has expired is the caller's question. */
export async function findUsableKey(tx: ReadTx, accessKeyId: string): Promise<UsableKeyRow | undefined> {
  return tx.get<UsableKeyRow>(FIND_USABLE, accessKeyId);
}

/** Adds a key; its id is free. */
export async function insertAccessKey(tx: WriteTx, row: AccessKeyRow): Promise<void> {
  await tx.run(
    `INSERT INTO access_key (id, user_id, sealed_secret, state, created_ms, label, expires_ms, policy, source_ips)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.user_id,
    row.sealed_secret,
    row.state,
    row.created_ms,
    row.label,
    row.expires_ms,
    row.policy,
    row.source_ips,
  );
}

/** How many keys a user has, whatever their state. */
export async function countAccessKeys(tx: ReadTx, userId: UserId): Promise<number> {
  const row = await tx.get<{ keys: number }>('SELECT count(*) AS keys FROM access_key WHERE user_id = ?', userId);
  return row?.keys ?? 0;
}

/** How many keys the users of a tenant have, whatever their state. */
export async function countKeysOfTenant(tx: ReadTx, tenantId: SequenceId): Promise<number> {
  const row = await tx.get<{ keys: number }>(
    'SELECT count(*) AS keys FROM iam_user AS u JOIN access_key AS k ON k.user_id = u.id WHERE u.tenant_id = ?',
    tenantId,
  );
  return row?.keys ?? 0;
}

/** What may change of a key. */
export type KeyTerms = Pick<AccessKeyRow, 'state' | 'label' | 'expires_ms' | 'policy' | 'source_ips'>;

/** Overwrites what may change of a key. */
export async function updateAccessKey(tx: WriteTx, id: string, terms: KeyTerms): Promise<void> {
  await tx.run(
    'UPDATE access_key SET state = ?, label = ?, expires_ms = ?, policy = ?, source_ips = ? WHERE id = ?',
    terms.state,
    terms.label,
    terms.expires_ms,
    terms.policy,
    terms.source_ips,
    id,
  );
}

/** Removes a key and what is known of its use. */
export async function deleteAccessKey(tx: WriteTx, id: string): Promise<void> {
  await tx.run('DELETE FROM access_key_use WHERE key_id = ?', id);
  await tx.run('DELETE FROM access_key WHERE id = ?', id);
}

/** Gives an existing key another secret. */
export async function replaceSecret(tx: WriteTx, id: string, sealedSecret: Buffer): Promise<void> {
  await tx.run('UPDATE access_key SET sealed_secret = ? WHERE id = ?', sealedSecret, id);
}

/** Removes all keys of a user. */
export async function deleteAccessKeysOf(tx: WriteTx, userId: UserId): Promise<void> {
  await tx.run('DELETE FROM access_key_use WHERE key_id IN (SELECT id FROM access_key WHERE user_id = ?)', userId);
  await tx.run('DELETE FROM access_key WHERE user_id = ?', userId);
}
