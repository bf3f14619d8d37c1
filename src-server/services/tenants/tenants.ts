import { findTenantByName, listTenants as listRows, type TenantRow, type TenantTerms } from '../../db/tables/tenant.ts';
import { findTenantHoldings, type TenantHoldings } from '../../db/tables/tenant-usage.ts';
import { Failure } from '../../domain/failure.ts';
import { authorize } from '../access/authorize.ts';
import { newAccountIds } from '../access/new-credentials.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

/** A tenant and what it holds of what it may. */
export interface TenantFacts {
  readonly tenant: TenantRow;
  readonly holdings: TenantHoldings;
}

const ACTION = 'stowage:ManageTenants';

/** All tenants, by name, for who runs the install. Throws AccessDenied. */
export async function listTenants(context: ServiceContext, identity: Identity): Promise<TenantFacts[]> {
  await authorize(context, { identity, iamAction: ACTION });
  return context.catalogue.read(async (tx) => {
    const facts: TenantFacts[] = [];
    for (const tenant of await listRows(tx)) facts.push({ tenant, holdings: await findTenantHoldings(tx, tenant.id) });
    return facts;
  });
}

/** Adds a tenant. Throws AccessDenied, EntityAlreadyExists. */
export async function createTenant(
  context: ServiceContext,
  identity: UserIdentity & Identity,
  { name, terms }: { readonly name: string; readonly terms: TenantTerms },
): Promise<TenantFacts> {
  await authorize(context, { identity, iamAction: ACTION });
  const { accountId } = newAccountIds();
  const nowMs = context.now();
  await context.engine.submit('create-tenant', { actorId: identity.userId, name, accountId, terms, nowMs });
  return announced(context, name);
}

/** Changes limits or state of a tenant. Throws AccessDenied, NoSuchEntity. */
export async function updateTenant(
  context: ServiceContext,
  identity: UserIdentity & Identity,
  { name, changes }: { readonly name: string; readonly changes: Partial<TenantTerms> },
): Promise<TenantFacts> {
  await authorize(context, { identity, iamAction: ACTION });
  await context.engine.submit('update-tenant', { actorId: identity.userId, name, changes });
  return announced(context, name);
}

async function announced(context: ServiceContext, name: string): Promise<TenantFacts> {
  context.events.publish({ kind: 'tenants' }, 'operators');
  return context.catalogue.read(async (tx) => {
    const tenant = await findTenantByName(tx, name);
    if (tenant === undefined) throw new Failure('NoSuchEntity', 'there is no such tenant');
    return { tenant, holdings: await findTenantHoldings(tx, tenant.id) };
  });
}
