import { useQuery } from '@tanstack/react-query';
import { getFolderUsage } from '../../../../src-server/contract/folder-usage.ts';
import { call } from '../../../lib/api.ts';

/** What fills a folder; added up anew at most once a minute. */
export function useFolderUsage(bucket: string, prefix: string) {
  return useQuery({
    queryKey: ['folder-usage', bucket, prefix],
    queryFn: ({ signal }) => call(getFolderUsage, { params: { bucket }, query: { prefix }, signal }),
    staleTime: 60_000,
  });
}
