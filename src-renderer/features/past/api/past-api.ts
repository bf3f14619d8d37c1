import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  getFolderAsOf,
  getFolderMoments,
  type PastEntry,
  postRewindPreview,
} from '../../../../src-server/contract/folder-history.ts';
import { call } from '../../../lib/api.ts';

/** A folder as it was at a time. */
export interface PastFolder {
  readonly bucket: string;
  readonly prefix: string;
  readonly atMs: number;
}

/** A file or folder that is selected, as operations name them. */
export interface PastItem {
  readonly kind: 'file' | 'folder';
  readonly from: string;
}

/** When something changed in the folder and below it, oldest first. */
export function useMoments(bucket: string, prefix: string) {
  return useQuery({
    queryKey: ['folder', bucket, prefix, 'moments'],
    queryFn: ({ signal }) => call(getFolderMoments, { params: { bucket }, query: { prefix }, signal }),
  });
}

/** The folder's files and folders then, page by page. */
export function usePastFolder({ bucket, prefix, atMs }: PastFolder) {
  return useInfiniteQuery({
    queryKey: ['folder', bucket, prefix, 'as-of', atMs],
    queryFn: ({ pageParam, signal }) =>
      call(getFolderAsOf, {
        params: { bucket },
        query: { prefix, atMs: String(atMs), cursor: pageParam },
        signal,
      }),
    // Typed here because the first page begins nowhere and the others somewhere.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // While the slider moves, the list stays until the next one is there.
    placeholderData: (before) => before,
  });
}

/** What going back would do, counted by the server; only asked for while `items` are there. */
export function useRewindPlan(bucket: string, atMs: number, items: readonly PastItem[] | undefined) {
  return useQuery({
    queryKey: ['folder', bucket, 'rewind-plan', atMs, items],
    enabled: items !== undefined,
    gcTime: 0,
    queryFn: ({ signal }) =>
      call(postRewindPreview, { params: { bucket }, body: { items: [...(items ?? [])], atMs }, signal }),
  });
}

/** As operations name it. */
export function itemOf(entry: PastEntry): PastItem {
  return { kind: entry.kind, from: entry.kind === 'folder' ? entry.prefix : entry.key };
}
