import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import type { AccessKeyRow } from './access-key.ts';

/** When, from where and by what a key was last used, as far as it was written back. */
export interface AccessKeyUseRow {
  readonly key_id: string;
  readonly used_ms: EpochMs;
  readonly address: string;
  readonly client: string;
}

/** Writes back the use of a key that exists; an older one than stands is left out. */
export async function putAccessKeyUse(tx: WriteTx, row: AccessKeyUseRow): Promise<void> {
  await tx.run(
    `INSERT INTO access_key_use (key_id, used_ms, address, client) VALUES (?, ?, ?, ?)
     ON CONFLICT (key_id) DO UPDATE SET used_ms = excluded.used_ms, address = excluded.address, client = excluded.client
     WHERE excluded.used_ms > used_ms`,
    row.key_id,
    row.used_ms,
    row.address,
    row.client,
  );
}

/** A key as lists show it: whose it is and its last use, never its secret. */
export interface ListedKeyRow extends Omit<AccessKeyRow, 'sealed_secret'> {
  readonly user_name: string;
  readonly used_ms: EpochMs | null;
  readonly address: string | null;
  readonly client: string | null;
}

/** Whose keys a list shows. Root's stand in none but its own. */
export type KeyScope =
  | { readonly kind: 'user'; readonly userId: UserId }
  | { readonly kind: 'tenant'; readonly tenantId: SequenceId }
  | { readonly kind: 'all' };

const LISTED = `SELECT k.id, k.user_id, k.state, k.created_ms, k.label, k.expires_ms, k.policy, k.source_ips, u.name AS user_name,
    s.used_ms, s.address, s.client
  FROM access_key k JOIN iam_user u ON u.id = k.user_id LEFT JOIN access_key_use s ON s.key_id = k.id`;
const OF_USER = `${LISTED} WHERE k.user_id = ? ORDER BY k.created_ms DESC, k.id`;
const OF_TENANT = `${LISTED} WHERE u.tenant_id = ? AND u.role <> 'root' ORDER BY k.created_ms DESC, k.id`;
const OF_ALL = `${LISTED} WHERE u.role <> 'root' ORDER BY k.created_ms DESC, k.id`;

/** Keys with their last use, the newest first. */
export async function listKeys(tx: ReadTx, scope: KeyScope): Promise<ListedKeyRow[]> {
  switch (scope.kind) {
    case 'user':
      return tx.all<ListedKeyRow>(OF_USER, scope.userId);
    case 'tenant':
      return tx.all<ListedKeyRow>(OF_TENANT, scope.tenantId);
    case 'all':
      return tx.all<ListedKeyRow>(OF_ALL);
  }
}

/** One key as lists show it. */
export async function findListedKey(tx: ReadTx, id: string): Promise<ListedKeyRow | undefined> {
  return tx.get<ListedKeyRow>(`${LISTED} WHERE k.id = ?`, id);
}
