import { findTenantByName, setTenantTerms, type TenantTerms } from '../db/tables/tenant.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { UserId } from '../domain/ids.ts';
import { requireOperatorUser } from './support/people.ts';

export interface UpdateTenantInput {
  readonly actorId: UserId;
  readonly name: string;
  /** What is left out stays; null takes a limit away. */
  readonly changes: Partial<TenantTerms>;
}

/**
 * Changes limits and state of a tenant, by who runs the install. A limit below what is held refuses growth only; who is of a
 * suspended tenant gets in nowhere from this commit on. Throws AccessDenied, NoSuchEntity.
 */
export async function updateTenant(tx: WriteTx, { actorId, name, changes }: UpdateTenantInput): Promise<void> {
  await requireOperatorUser(tx, actorId);
  const stands = await findTenantByName(tx, name);
  if (stands === undefined) throw new Failure('NoSuchEntity', 'there is no such tenant');
  const { state, quota_bytes, max_buckets, max_keys } = { ...stands, ...changes };
  await setTenantTerms(tx, stands.id, { state, quota_bytes, max_buckets, max_keys });
}
