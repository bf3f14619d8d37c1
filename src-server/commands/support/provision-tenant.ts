import { findLoneUserByAccount, moveUsersToAccount } from '../../db/tables/iam-user.ts';
import {
  findTenantByAccount,
  findTenantByName,
  insertTenant,
  setTenantAccount,
  setTenantTerms,
  type TenantRow,
  type TenantTerms,
} from '../../db/tables/tenant.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { contradiction } from './contradiction.ts';

export interface ProvisionedTenant {
  readonly name: string;
  /** 12 digits; undefined keeps what stands. */
  readonly accountId: string | undefined;
  /** For a tenant that does not exist yet and is given none. */
  readonly freshAccountId: string;
  /** What is undefined stays as it is. */
  readonly terms?: Partial<TenantTerms>;
}

/** Creates a tenant, or gives it the account id and limits of the file. Throws where another account has that id. */
export async function provisionTenant(
  tx: WriteTx,
  wanted: ProvisionedTenant,
  path: string,
  nowMs: EpochMs,
): Promise<void> {
  await takeAccount(tx, wanted, path, nowMs);
  const stands = await findTenantByName(tx, wanted.name);
  if (stands === undefined) throw new Error('a tenant that was just made is not there');
  const terms = changedTerms(stands, wanted);
  if (termsDiffer(stands, terms)) await setTenantTerms(tx, stands.id, terms);
}

/** The limits and state of a tenant once what is wanted stands there. */
export function changedTerms(stands: TenantRow, { terms = {} }: ProvisionedTenant): TenantTerms {
  return {
    state: terms.state ?? stands.state,
    quota_bytes: terms.quota_bytes ?? stands.quota_bytes,
    max_buckets: terms.max_buckets ?? stands.max_buckets,
    max_keys: terms.max_keys ?? stands.max_keys,
  };
}

/** Are these others than the tenant's? */
export function termsDiffer(stands: TenantRow, terms: TenantTerms): boolean {
  return (
    stands.state !== terms.state ||
    stands.quota_bytes !== terms.quota_bytes ||
    stands.max_buckets !== terms.max_buckets ||
    stands.max_keys !== terms.max_keys
  );
}

async function takeAccount(tx: WriteTx, wanted: ProvisionedTenant, path: string, nowMs: EpochMs): Promise<void> {
  const stands = await findTenantByName(tx, wanted.name);
  const accountId = wanted.accountId ?? stands?.account_id ?? wanted.freshAccountId;
  if (stands?.account_id === accountId) return;
  const holder = (await findTenantByAccount(tx, accountId)) ?? (await findLoneUserByAccount(tx, accountId));
  if (holder !== undefined) throw contradiction(`${path}.accountId`, 'another account has this id');
  if (stands === undefined) {
    await insertTenant(tx, { id: tx.nextId(), name: wanted.name, account_id: accountId, created_ms: nowMs });
    return;
  }
  await setTenantAccount(tx, stands.id, accountId);
  await moveUsersToAccount(tx, stands.id, accountId);
}
