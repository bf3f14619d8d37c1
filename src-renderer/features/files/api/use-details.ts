import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import { getFolderView } from '../../../../src-server/contract/folder-view.ts';
import {
  type changeTagsSchema,
  getObjectDetails,
  type Outcome,
  postChangeTags,
  type putMetadataSchema,
  putObjectMetadata,
} from '../../../../src-server/contract/object-details.ts';
import {
  getObjectVersions,
  postDeleteVersions,
  postRestoreVersions,
} from '../../../../src-server/contract/object-versions.ts';
import { call } from '../../../lib/api.ts';
import { useFolderChanged } from './use-folder.ts';

/** Most keys that one request may name. */
const BATCH = 1000;
const COUNT_WAIT_MS = 15_000;
/** After so long a count that was not at its end is asked for anew. */
const STILL_COUNTING_MS = 5000;

export function useObjectDetails(bucket: string, key: string) {
  return useQuery({
    queryKey: ['object', bucket, key, 'details'],
    queryFn: ({ signal }) => call(getObjectDetails, { params: { bucket }, query: { key }, signal }),
  });
}

/** Versions and delete markers, newest first; more of them on demand. */
export function useObjectVersions(bucket: string, key: string) {
  return useInfiniteQuery({
    queryKey: ['object', bucket, key, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      call(getObjectVersions, { params: { bucket }, query: { key, before: pageParam }, signal }),
    // Typed here because the first page has none and the others have one.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => (next === null ? undefined : String(next)),
  });
}

/** How many files stand behind a folder, and their bytes. */
export function useFolderSize(bucket: string, prefix: string) {
  // Any size will do: that is a search, which looks into the folders below too.
  const query = { prefix, minBytes: '0', sort: 'size', limit: '1', waitMs: String(COUNT_WAIT_MS) };
  return useQuery({
    queryKey: ['object', bucket, prefix, 'size'],
    queryFn: ({ signal }) => call(getFolderView, { params: { bucket }, query, signal }),
    refetchInterval: ({ state }) => (state.data?.isComplete === false ? STILL_COUNTING_MS : false),
  });
}

export function usePutMetadata(bucket: string, key: string) {
  const onSettled = useFolderChanged(bucket);
  return useMutation({
    mutationFn: (body: z.input<typeof putMetadataSchema>) =>
      call(putObjectMetadata, { params: { bucket }, query: { key }, body }),
    onSettled,
  });
}

export function useChangeTags(bucket: string) {
  const onSettled = useFolderChanged(bucket);
  return useMutation({
    mutationFn: ({ keys, ...change }: z.input<typeof changeTagsSchema>) =>
      inBatches(keys, (some) => call(postChangeTags, { params: { bucket }, body: { ...change, keys: some } })),
    onSettled,
  });
}

/** Without a version, what was deleted is brought back. */
export function useRestore(bucket: string) {
  const onSettled = useFolderChanged(bucket);
  return useMutation({
    mutationFn: (items: readonly { readonly key: string; readonly versionId?: string }[]) =>
      inBatches(items, (some) => call(postRestoreVersions, { params: { bucket }, body: { items: some } })),
    onSettled,
  });
}

export function useDeleteVersions(bucket: string) {
  const onSettled = useFolderChanged(bucket);
  return useMutation({
    mutationFn: (items: readonly { readonly key: string; readonly versionId: string }[]) =>
      inBatches(items, (some) => call(postDeleteVersions, { params: { bucket }, body: { items: some } })),
    onSettled,
  });
}

async function inBatches<T>(items: readonly T[], send: (some: T[]) => Promise<Outcome>): Promise<Outcome> {
  let changed = 0;
  const failed: Outcome['failed'] = [];
  for (let first = 0; first < items.length; first += BATCH) {
    const outcome = await send(items.slice(first, first + BATCH));
    changed += outcome.changed;
    failed.push(...outcome.failed);
  }
  return { changed, failed };
}
