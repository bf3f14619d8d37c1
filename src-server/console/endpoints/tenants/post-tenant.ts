import { createTenantSchema, postTenant } from '../../../contract/tenants.ts';
import { createTenant } from '../../../services/tenants/tenants.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentTenant } from '../../present-tenant.ts';

export const postTenantEndpoint = sessionEndpoint(postTenant, async (context, { session, body }) => {
  const { name, quotaBytes, maxBuckets, maxKeys } = createTenantSchema.parse(body);
  const terms = { state: 'active', quota_bytes: quotaBytes, max_buckets: maxBuckets, max_keys: maxKeys } as const;
  return { status: 201, body: presentTenant(await createTenant(context, session.identity, { name, terms })) };
});
