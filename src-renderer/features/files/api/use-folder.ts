import { useMutation, useQueryClient } from '@tanstack/react-query';
import { postDeleteObjects } from '../../../../src-server/contract/objects.ts';
import { call } from '../../../lib/api.ts';

/** Most keys that one request may name. */
const DELETE_BATCH = 1000;

/** Has everything that shows this bucket's files read anew. */
export function useFolderChanged(bucket: string): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['folder', bucket] }),
      client.invalidateQueries({ queryKey: ['object', bucket] }),
      client.invalidateQueries({ queryKey: ['search'] }),
      client.invalidateQueries({ queryKey: ['buckets'] }),
    ]);
  };
}

/** Deletes files by key and answers those that could not be. */
export function useDeleteFiles(bucket: string) {
  const changed = useFolderChanged(bucket);
  return useMutation({
    mutationFn: async (keys: readonly string[]) => {
      const failed: { key: string; message: string }[] = [];
      for (let start = 0; start < keys.length; start += DELETE_BATCH) {
        const body = { keys: keys.slice(start, start + DELETE_BATCH) };
        failed.push(...(await call(postDeleteObjects, { params: { bucket }, body })).failed);
      }
      return { deleted: keys.length - failed.length, failed };
    },
    onSettled: changed,
  });
}
