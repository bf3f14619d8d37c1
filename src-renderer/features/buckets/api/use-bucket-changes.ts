import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getBucketChanges, postUndoBucketChange } from '../../../../src-server/contract/bucket-changes.ts';
import { call } from '../../../lib/api.ts';

/** The history of a bucket's settings, newest first, page by page. */
export function useBucketChanges(bucket: string) {
  return useInfiniteQuery({
    queryKey: ['buckets', bucket, 'changes'],
    queryFn: ({ pageParam, signal }) =>
      call(getBucketChanges, { params: { bucket }, query: { limit: '10', cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useUndoChange(bucket: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: number) => call(postUndoBucketChange, { params: { bucket, change: String(change) } }),
    onSettled: () => client.invalidateQueries({ queryKey: ['buckets'] }),
  });
}
