import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  type createRoleSchema,
  deleteRole,
  getRole,
  getRoles,
  patchRole,
  postRole,
  type updateRoleSchema,
} from '../../../../src-server/contract/roles.ts';
import { call } from '../../../lib/api.ts';
import { useIamMutation } from './use-iam-mutation.ts';

export function useRoles() {
  return useQuery({ queryKey: ['people', 'roles'], queryFn: ({ signal }) => call(getRoles, { signal }) });
}

export function useRole(name: string) {
  return useQuery({
    queryKey: ['people', 'role', name],
    queryFn: ({ signal }) => call(getRole, { params: { name }, signal }),
  });
}

export function useCreateRole() {
  return useIamMutation((body: z.input<typeof createRoleSchema>) => call(postRole, { body }));
}

export function useChangeRole(name: string) {
  return useIamMutation((body: z.input<typeof updateRoleSchema>) => call(patchRole, { params: { name }, body }));
}

export function useDeleteRole(name: string) {
  return useIamMutation((_: undefined) => call(deleteRole, { params: { name } }));
}
