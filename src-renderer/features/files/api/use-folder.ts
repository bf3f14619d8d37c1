import { useQueryClient } from '@tanstack/react-query';
import { refreshFiles } from '../../../lib/file-queries.ts';

/** Has everything that shows this bucket's files read anew. */
export function useFolderChanged(bucket: string): () => Promise<void> {
  const client = useQueryClient();
  return () => refreshFiles(client, bucket);
}
