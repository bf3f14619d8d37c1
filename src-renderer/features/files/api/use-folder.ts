import { useQueryClient } from '@tanstack/react-query';

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
