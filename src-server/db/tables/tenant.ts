import type { EpochMs, SequenceId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** What AWS calls an account. `account_id`: 12 digits. */
export interface TenantRow {
  readonly id: SequenceId;
  readonly name: string;
  readonly account_id: string;
  readonly created_ms: EpochMs;
}

/** The tenant of this name. */
export async function findTenantByName(tx: ReadTx, name: string): Promise<TenantRow | undefined> {
  return tx.get<TenantRow>('SELECT id, name, account_id, created_ms FROM tenant WHERE name = ?', name);
}

/** The tenant whose account has this id. */
export async function findTenantByAccount(tx: ReadTx, accountId: string): Promise<TenantRow | undefined> {
  return tx.get<TenantRow>('SELECT id, name, account_id, created_ms FROM tenant WHERE account_id = ?', accountId);
}

/** Adds a tenant; name and account id are free. */
export async function insertTenant(tx: WriteTx, row: TenantRow): Promise<void> {
  await tx.run(
    'INSERT INTO tenant (id, name, account_id, created_ms) VALUES (?, ?, ?, ?)',
    row.id,
    row.name,
    row.account_id,
    row.created_ms,
  );
}

/** Gives a tenant another account id. Its users' rows follow by `moveUsersToAccount`. */
export async function setTenantAccount(tx: WriteTx, tenantId: SequenceId, accountId: string): Promise<void> {
  await tx.run('UPDATE tenant SET account_id = ? WHERE id = ?', accountId, tenantId);
}

/** The tenant with this id. */
export async function findTenantById(tx: ReadTx, id: SequenceId): Promise<TenantRow | undefined> {
  return tx.get<TenantRow>('SELECT id, name, account_id, created_ms FROM tenant WHERE id = ?', id);
}
