import { useQuery } from '@tanstack/react-query';
import {
  deleteAttachedPolicy,
  deleteInlinePolicy,
  getHolderPolicies,
  type HolderKind,
  postAttachedPolicy,
  putBoundary,
  putInlinePolicy,
} from '../../../../src-server/contract/holder-policies.ts';
import { call } from '../../../lib/api.ts';
import { useIamMutation } from './use-iam-mutation.ts';

/** A user, group or role. */
export interface Holder {
  readonly kind: HolderKind;
  readonly name: string;
}

export function useHolderPolicies({ kind, name }: Holder) {
  return useQuery({
    queryKey: ['people', 'held', kind, name],
    queryFn: ({ signal }) => call(getHolderPolicies, { params: { kind, name }, signal }),
  });
}

export function useAttachPolicy({ kind, name }: Holder) {
  return useIamMutation((arn: string) => call(postAttachedPolicy, { params: { kind, name }, body: { arn } }));
}

export function useDetachPolicy({ kind, name }: Holder) {
  return useIamMutation((arn: string) => call(deleteAttachedPolicy, { params: { kind, name }, query: { arn } }));
}

export function usePutInlinePolicy({ kind, name }: Holder) {
  return useIamMutation(({ policy, document }: { readonly policy: string; readonly document: string }) =>
    call(putInlinePolicy, { params: { kind, name, policy }, body: { document } }),
  );
}

export function useDeleteInlinePolicy({ kind, name }: Holder) {
  return useIamMutation((policy: string) => call(deleteInlinePolicy, { params: { kind, name, policy } }));
}

export function useSetBoundary({ kind, name }: Holder) {
  return useIamMutation((arn: string | null) => call(putBoundary, { params: { kind, name }, body: { arn } }));
}
