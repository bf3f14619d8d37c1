import { useQuery } from '@tanstack/react-query';
import {
  deleteGroup,
  deleteGroupMember,
  getGroup,
  getGroups,
  postGroup,
  putGroupMember,
} from '../../../../src-server/contract/groups.ts';
import { call } from '../../../lib/api.ts';
import { useIamMutation } from './use-iam-mutation.ts';

export function useGroups() {
  return useQuery({
    queryKey: ['people', 'groups'],
    queryFn: async ({ signal }) => (await call(getGroups, { signal })).groups,
  });
}

export function useGroup(name: string) {
  return useQuery({
    queryKey: ['people', 'group', name],
    queryFn: ({ signal }) => call(getGroup, { params: { name }, signal }),
  });
}

export function useCreateGroup() {
  return useIamMutation((name: string) => call(postGroup, { body: { name } }));
}

export function useDeleteGroup(name: string) {
  return useIamMutation((_: undefined) => call(deleteGroup, { params: { name } }));
}

export function useAddMember(name: string) {
  return useIamMutation((user: string) => call(putGroupMember, { params: { name, user } }));
}

export function useRemoveMember(name: string) {
  return useIamMutation((user: string) => call(deleteGroupMember, { params: { name, user } }));
}
