import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type * as z from 'zod';
import { putObject } from '../../../../src-server/contract/content.ts';
import { getObjects } from '../../../../src-server/contract/objects.ts';
import {
  getBin,
  getOperations,
  type Operation,
  type postOperationSchema,
} from '../../../../src-server/contract/operations.ts';
import { ApiError, call, csrfHeader, errorFrom, urlOf } from '../../../lib/api.ts';

/** What the server is asked to do. */
export type OperationOrder = z.input<typeof postOperationSchema>;

const PAGE = '50';

/** Operations, the newest first; more of them as the list is asked for. */
export function useOperations() {
  return useInfiniteQuery({
    queryKey: ['operations'],
    queryFn: ({ pageParam, signal }) => call(getOperations, { query: { before: pageParam, limit: PAGE }, signal }),
    // Typed here because the first page begins nowhere and the others somewhere.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });
}

/** The bin of a bucket, what was put there last first. */
export function useBin(bucket: string) {
  return useInfiniteQuery({
    queryKey: ['bin', bucket],
    queryFn: ({ pageParam, signal }) => call(getBin, { params: { bucket }, query: { cursor: pageParam }, signal }),
    // As above.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The folders of a folder, for choosing one: of its first thousand entries. */
export function useFolders(bucket: string | undefined, prefix: string) {
  return useQuery({
    queryKey: ['folder', bucket ?? '', prefix, 'folders'],
    enabled: bucket !== undefined,
    queryFn: async ({ signal }) => {
      const page = await call(getObjects, {
        params: { bucket: bucket ?? '' },
        query: { prefix, limit: '1000' },
        signal,
      });
      return page.entries.flatMap((entry) => (entry.kind === 'folder' ? [entry.prefix] : []));
    },
  });
}

/** Makes an empty folder: an object without bytes whose key is the folder. */
export function useCreateFolder(bucket: string) {
  return useMutation({
    mutationFn: async (prefix: string): Promise<void> => {
      const headers = { ...csrfHeader(), 'content-type': 'application/x-directory' };
      const url = urlOf(putObject.path, { bucket }, { key: prefix });
      const response = await fetch(url, { method: 'PUT', headers, body: '' }).catch(() => undefined);
      if (response === undefined) throw new ApiError(0, 'ConnectionLost', '');
      if (!response.ok) throw errorFrom(response.status, await response.text());
    },
  });
}

/** Is there more to come of it? */
export function isOpen({ state }: Pick<Operation, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}
