import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Keys of all queries that show what is in a bucket: lists, details, bin and sums, and what was found in all buckets. */
export function queriesOfFiles(bucket: string): readonly QueryKey[] {
  return [['folder', bucket], ['object', bucket], ['bin', bucket], ['usage', bucket], ['search'], ['buckets']];
}

/** Has everything that shows this bucket's files read anew. Resolves when what is in sight was; never rejects. */
export async function refreshFiles(client: QueryClient, bucket: string): Promise<void> {
  await Promise.all(queriesOfFiles(bucket).map((queryKey) => client.invalidateQueries({ queryKey })));
}
