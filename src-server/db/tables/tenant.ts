import type { EpochMs, SequenceId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { insertTenantUsage } from './tenant-usage.ts';

export const TENANT_STATES = ['active', 'suspended'] as const;
export type TenantState = (typeof TENANT_STATES)[number];

/** What AWS calls an account. `account_id`: 12 digits. */
export interface TenantRow {
  readonly id: SequenceId;
  readonly name: string;
  readonly account_id: string;
  readonly created_ms: EpochMs;
  /** While it is suspended nobody of it gets in, by key or by password. */
  readonly state: TenantState;
  /** Null: no limit. */
  readonly quota_bytes: number | null;
  readonly max_buckets: number | null;
  /** Access keys. */
  readonly max_keys: number | null;
}

/** A tenant as it begins. */
export type NewTenantRow = Pick<TenantRow, 'id' | 'name' | 'account_id' | 'created_ms'>;

/** What may be changed of a tenant. */
export type TenantTerms = Pick<TenantRow, 'state' | 'quota_bytes' | 'max_buckets' | 'max_keys'>;

const COLUMNS = 'id, name, account_id, created_ms, state, quota_bytes, max_buckets, max_keys';

/** The tenant of this name. */
export async function findTenantByName(tx: ReadTx, name: string): Promise<TenantRow | undefined> {
  return tx.get<TenantRow>(`SELECT ${COLUMNS} FROM tenant WHERE name = ?`, name);
}

/** The tenant whose account has this id. */
export async function findTenantByAccount(tx: ReadTx, accountId: string): Promise<TenantRow | undefined> {
  return tx.get<TenantRow>(`SELECT ${COLUMNS} FROM tenant WHERE account_id = ?`, accountId);
}

/** Adds a tenant without limits and its counter; name and account id are free. */
export async function insertTenant(tx: WriteTx, row: NewTenantRow): Promise<void> {
  await tx.run(
    'INSERT INTO tenant (id, name, account_id, created_ms) VALUES (?, ?, ?, ?)',
    row.id,
    row.name,
    row.account_id,
    row.created_ms,
  );
  await insertTenantUsage(tx, row.id);
}

/** Gives a tenant other limits and another state. */
export async function setTenantTerms(tx: WriteTx, id: SequenceId, terms: TenantTerms): Promise<void> {
  await tx.run(
    'UPDATE tenant SET state = ?, quota_bytes = ?, max_buckets = ?, max_keys = ? WHERE id = ?',
    terms.state,
    terms.quota_bytes,
    terms.max_buckets,
    terms.max_keys,
    id,
  );
}

/** All tenants, by name. */
export async function listTenants(tx: ReadTx): Promise<TenantRow[]> {
  return tx.all<TenantRow>(`SELECT ${COLUMNS} FROM tenant ORDER BY name`);
}

/** Gives a tenant another account id. Its users' rows follow by `moveUsersToAccount`. */
export async function setTenantAccount(tx: WriteTx, tenantId: SequenceId, accountId: string): Promise<void> {
  await tx.run('UPDATE tenant SET account_id = ? WHERE id = ?', accountId, tenantId);
}

/** The tenant with this id. */
export async function findTenantById(tx: ReadTx, id: SequenceId): Promise<TenantRow | undefined> {
  return tx.get<TenantRow>(`SELECT ${COLUMNS} FROM tenant WHERE id = ?`, id);
}
