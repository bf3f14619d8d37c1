import { findLoneUserByAccount } from '../db/tables/iam-user.ts';
import {
  findTenantByAccount,
  findTenantByName,
  insertTenant,
  setTenantTerms,
  type TenantTerms,
} from '../db/tables/tenant.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { requireOperatorUser } from './support/people.ts';

export interface CreateTenantInput {
  readonly actorId: UserId;
  readonly name: string;
  /** 12 digits; random. */
  readonly accountId: string;
  readonly terms: TenantTerms;
  readonly nowMs: EpochMs;
}

/** Adds a tenant, by who runs the install. Throws AccessDenied, EntityAlreadyExists. */
export async function createTenant(tx: WriteTx, input: CreateTenantInput): Promise<void> {
  await requireOperatorUser(tx, input.actorId);
  const { name, accountId } = input;
  const isTaken =
    (await findTenantByName(tx, name)) ??
    (await findTenantByAccount(tx, accountId)) ??
    (await findLoneUserByAccount(tx, accountId));
  if (isTaken !== undefined) throw new Failure('EntityAlreadyExists');
  // The sequence is shared by all kinds of rows.
  const id = tx.nextId();
  await insertTenant(tx, { id, name, account_id: accountId, created_ms: input.nowMs });
  await setTenantTerms(tx, id, input.terms);
}
