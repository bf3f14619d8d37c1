import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  type createBucketSchema,
  deleteBucket,
  getBuckets,
  postBucket,
} from '../../../../src-server/contract/buckets.ts';
import { call } from '../../../lib/api.ts';

const KEY = ['buckets'] as const;

export function useBuckets() {
  return useQuery({ queryKey: KEY, queryFn: async ({ signal }) => (await call(getBuckets, { signal })).buckets });
}

export function useCreateBucket() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof createBucketSchema>) => call(postBucket, { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useDeleteBucket() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (bucket: string) => call(deleteBucket, { params: { bucket } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
