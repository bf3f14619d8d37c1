import { getTenants } from '../../../contract/tenants.ts';
import { listTenants } from '../../../services/tenants/tenants.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentTenant } from '../../present-tenant.ts';

export const getTenantsEndpoint = sessionEndpoint(getTenants, async (context, { session }) => {
  const tenants = await listTenants(context, session.identity);
  return { status: 200, body: { tenants: tenants.map(presentTenant) } };
});
