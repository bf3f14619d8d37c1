import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  type changeShareSchema,
  type createShareSchema,
  deleteShare,
  getShare,
  getShareSettings,
  getShares,
  patchShare,
  postShare,
  putShareSettings,
  type shareSettingsSchema,
} from '../../../../src-server/contract/shares.ts';
import { call } from '../../../lib/api.ts';

const KEY = ['shares'] as const;

/** Links, newest first, page by page. */
export function useShares() {
  return useInfiniteQuery({
    queryKey: [...KEY, 'list'],
    queryFn: ({ pageParam, signal }) => call(getShares, { query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Links that lead to a file or folder, newest first: the first page. */
export function useSharesOf(bucket: string, item: string) {
  return useQuery({
    queryKey: [...KEY, 'of', bucket, item],
    queryFn: ({ signal }) => call(getShares, { query: { bucket, item }, signal }),
  });
}

/** One link with its last uses. */
export function useShare(id: string) {
  return useQuery({
    queryKey: [...KEY, 'one', id],
    queryFn: ({ signal }) => call(getShare, { params: { id }, signal }),
  });
}

export function useCreateShare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createShareSchema>) => call(postShare, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useChangeShare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: z.input<typeof changeShareSchema> & { readonly id: string }) =>
      call(patchShare, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRemoveShare() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call(deleteShare, { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

/** How links look outside. */
export function useShareFacts() {
  return useQuery({
    queryKey: [...KEY, 'facts'],
    queryFn: ({ signal }) => call(getShareSettings, { signal }),
  });
}

export function usePutShareFacts() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof shareSettingsSchema>) => call(putShareSettings, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...KEY, 'facts'] }),
  });
}
