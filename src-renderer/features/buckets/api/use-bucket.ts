import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod';
import {
  getBucket,
  getBucketUsage,
  patchBucket,
  type patchBucketSchema,
} from '../../../../src-server/contract/bucket-settings.ts';
import { call } from '../../../lib/api.ts';

/** A bucket with all its settings. */
export function useBucket(bucket: string) {
  return useQuery({
    queryKey: ['buckets', bucket],
    queryFn: ({ signal }) => call(getBucket, { params: { bucket }, signal }),
  });
}

/** What its bytes are; added up anew at most once a minute. */
export function useBucketUsage(bucket: string) {
  return useQuery({
    queryKey: ['usage', bucket],
    queryFn: ({ signal }) => call(getBucketUsage, { params: { bucket }, signal }),
    staleTime: 60_000,
  });
}

/** Changes settings; the others stay. */
export function useChangeBucket(bucket: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof patchBucketSchema>) => call(patchBucket, { params: { bucket }, body }),
    onSuccess: (changed) => {
      client.setQueryData(['buckets', bucket], changed);
      // Not waited for: the form closes in the moment in which its sentence is there.
      void client.invalidateQueries({ queryKey: ['buckets'] });
    },
  });
}
