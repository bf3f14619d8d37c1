import type { Tenant } from '../contract/tenants.ts';
import type { TenantFacts } from '../services/tenants/tenants.ts';

/** A tenant as the contract shows it. */
export function presentTenant({ tenant, holdings }: TenantFacts): Tenant {
  return {
    name: tenant.name,
    accountId: tenant.account_id,
    state: tenant.state,
    createdAtMs: tenant.created_ms,
    quotaBytes: tenant.quota_bytes,
    maxBuckets: tenant.max_buckets,
    maxKeys: tenant.max_keys,
    usedBytes: holdings.bytes,
    buckets: holdings.buckets,
    keys: holdings.keys,
    users: holdings.users,
  };
}
