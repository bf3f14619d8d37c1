import { findLoneUserByAccount, moveUsersToAccount } from '../../db/tables/iam-user.ts';
import { findTenantByAccount, findTenantByName, insertTenant, setTenantAccount } from '../../db/tables/tenant.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { contradiction } from './contradiction.ts';

export interface ProvisionedTenant {
  readonly name: string;
  /** 12 digits; undefined keeps what stands. */
  readonly accountId: string | undefined;
  /** For a tenant that does not exist yet and is given none. */
  readonly freshAccountId: string;
}

/** Creates a tenant, or gives it the account id of the file. Throws where another account has that id. */
export async function provisionTenant(
  tx: WriteTx,
  wanted: ProvisionedTenant,
  path: string,
  nowMs: EpochMs,
): Promise<void> {
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
