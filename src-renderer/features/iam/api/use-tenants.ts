import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  type createTenantSchema,
  getTenants,
  patchTenant,
  postTenant,
  type updateTenantSchema,
} from '../../../../src-server/contract/tenants.ts';
import { call } from '../../../lib/api.ts';
import { useIamMutation } from './use-iam-mutation.ts';

export function useTenants() {
  return useQuery({
    queryKey: ['people', 'tenants'],
    queryFn: async ({ signal }) => (await call(getTenants, { signal })).tenants,
  });
}

export function useCreateTenant() {
  return useIamMutation((body: z.input<typeof createTenantSchema>) => call(postTenant, { body }));
}

export function useChangeTenant(tenant: string) {
  return useIamMutation((body: z.input<typeof updateTenantSchema>) => call(patchTenant, { params: { tenant }, body }));
}
