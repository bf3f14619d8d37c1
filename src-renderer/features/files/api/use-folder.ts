import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { getObjects, postDeleteObjects } from '../../../../src-server/contract/objects.ts';
import { call } from '../../../lib/api.ts';

/** Most keys that one request may name. */
const DELETE_BATCH = 1000;

/** Pages of a folder, by name; more of them as the list is scrolled. */
export function useFolder(bucket: string, prefix: string) {
  return useInfiniteQuery({
    queryKey: ['folder', bucket, prefix],
    queryFn: ({ pageParam, signal }) =>
      call(getObjects, { params: { bucket }, query: { prefix, cursor: pageParam }, signal }),
    // Typed here because the first page has no cursor and the others have one.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** Has everything that shows this bucket's files read anew. */
export function useFolderChanged(bucket: string): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ['folder', bucket] });
    void client.invalidateQueries({ queryKey: ['buckets'] });
  };
}

/** Deletes files by key and answers those that could not be. */
export function useDeleteFiles(bucket: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (keys: readonly string[]) => {
      const failed: { key: string; message: string }[] = [];
      for (let start = 0; start < keys.length; start += DELETE_BATCH) {
        const body = { keys: keys.slice(start, start + DELETE_BATCH) };
        failed.push(...(await call(postDeleteObjects, { params: { bucket }, body })).failed);
      }
      return { deleted: keys.length - failed.length, failed };
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['folder', bucket] }),
        client.invalidateQueries({ queryKey: ['buckets'] }),
      ]),
  });
}
