import { patchTenant, updateTenantSchema } from '../../../contract/tenants.ts';
import { updateTenant } from '../../../services/tenants/tenants.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentTenant } from '../../present-tenant.ts';

export const patchTenantEndpoint = sessionEndpoint(patchTenant, async (context, { session, params, body }) => {
  const { state, quotaBytes, maxBuckets, maxKeys } = updateTenantSchema.parse(body);
  const changes = {
    ...(state === undefined ? {} : { state }),
    ...(quotaBytes === undefined ? {} : { quota_bytes: quotaBytes }),
    ...(maxBuckets === undefined ? {} : { max_buckets: maxBuckets }),
    ...(maxKeys === undefined ? {} : { max_keys: maxKeys }),
  };
  const tenant = await updateTenant(context, session.identity, { name: params.tenant ?? '', changes });
  return { status: 200, body: presentTenant(tenant) };
});
