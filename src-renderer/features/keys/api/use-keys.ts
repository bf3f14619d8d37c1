import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  deleteKey,
  getKeys,
  patchKey,
  postKey,
  postRotateKey,
  type updateKeySchema,
} from '../../../../src-server/contract/keys.ts';
import { call } from '../../../lib/api.ts';

const KEY = ['keys'] as const;
type WhoseKeys = 'own' | 'everybody';

export function useKeys(of: WhoseKeys) {
  return useQuery({
    queryKey: [...KEY, of],
    queryFn: async ({ signal }) => (await call(getKeys, { query: { of }, signal })).keys,
  });
}

interface NewKey {
  readonly label: string;
  readonly userName?: string;
  readonly expiresAtMs: number | null;
  readonly policy: string | null;
  readonly sourceIps: string[] | null;
}

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewKey) => call(postKey, { body }),
    // It answers a secret.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useUpdateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { readonly id: string } & z.input<typeof updateKeySchema>) =>
      call(patchKey, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useDeleteKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteKey, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRotateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, overlapHours }: { readonly id: string; readonly overlapHours: number }) =>
      call(postRotateKey, { params: { id }, body: { overlapHours } }),
    // It answers a secret.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
