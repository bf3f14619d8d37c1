import { useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  type createPolicySchema,
  deletePolicy,
  deletePolicyVersion,
  getPolicies,
  getPolicy,
  postPolicy,
  postPolicyVersion,
  putDefaultPolicyVersion,
} from '../../../../src-server/contract/policies.ts';
import { call } from '../../../lib/api.ts';
import { useIamMutation } from './use-iam-mutation.ts';

export function usePolicies() {
  return useQuery({
    queryKey: ['people', 'policies'],
    queryFn: async ({ signal }) => (await call(getPolicies, { signal })).policies,
  });
}

export function usePolicy(arn: string) {
  return useQuery({
    queryKey: ['people', 'policy', arn],
    queryFn: ({ signal }) => call(getPolicy, { params: { arn }, signal }),
  });
}

export function useCreatePolicy() {
  return useIamMutation((body: z.input<typeof createPolicySchema>) => call(postPolicy, { body }));
}

export function useAddVersion(arn: string) {
  return useIamMutation((document: string) => call(postPolicyVersion, { params: { arn }, body: { document } }));
}

export function useSetDefaultVersion(arn: string) {
  return useIamMutation((version: number) => call(putDefaultPolicyVersion, { params: { arn }, body: { version } }));
}

export function useDeleteVersion(arn: string) {
  return useIamMutation((version: number) => call(deletePolicyVersion, { params: { arn, version: String(version) } }));
}

export function useDeletePolicy(arn: string) {
  return useIamMutation((_: undefined) => call(deletePolicy, { params: { arn } }));
}
