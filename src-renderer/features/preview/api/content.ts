import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { postContentLink } from '../../../../src-server/contract/content.ts';
import type { ObjectVersion } from '../../../../src-server/contract/object-versions.ts';
import type { FolderEntry } from '../../../../src-server/contract/objects.ts';
import { ApiError, call, errorFrom } from '../../../lib/api.ts';

export type FileEntry = Extract<FolderEntry, { kind: 'file' }>;

/** A file as the preview has it. */
export interface PreviewedFile {
  readonly bucket: string;
  readonly entry: FileEntry;
  /** The current one where absent. */
  readonly versionId?: string | undefined;
}

/** A version of a file, as the preview has files. */
export function versionOf(bucket: string, key: string, version: ObjectVersion): PreviewedFile {
  const { sizeBytes, modifiedAtMs, etag, versionId } = version;
  return { bucket, versionId, entry: { kind: 'file', key, sizeBytes, modifiedAtMs, etag, storageClass: '' } };
}

/** Shorter than a link lives, so that what is shown can still be read to its end. */
const LINK_KEPT_MS = 200_000;

function contentUrlQuery({ bucket, entry, versionId }: PreviewedFile) {
  return {
    queryKey: ['content-url', bucket, entry.key, entry.etag, versionId],
    queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
      const body = { key: entry.key, versionId, download: false };
      return (await call(postContentLink, { params: { bucket }, body, signal })).url;
    },
    staleTime: LINK_KEPT_MS,
    gcTime: LINK_KEPT_MS,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  };
}

/** An address that the browser can load the file from without the session, for some minutes; `refetch` gives a new one. */
export function useContentUrl(file: PreviewedFile) {
  return useQuery(contentUrlQuery(file));
}

/** Reads bytes [start, end) of the file, with a new address whenever the one before is too old. Throws `ApiError`. */
export function useContentReader(file: PreviewedFile): (start: number, end: number) => Promise<Uint8Array> {
  const client = useQueryClient();
  const { bucket, entry, versionId } = file;
  return useCallback(
    async (start, end) => readRange(await client.fetchQuery(contentUrlQuery({ bucket, entry, versionId })), start, end),
    [client, bucket, entry, versionId],
  );
}

/** The first bytes of the file, at most `maxBytes`. */
export function useFirstBytes(file: PreviewedFile, maxBytes: number) {
  const { data: url, error, refetch } = useContentUrl(file);
  const { entry, bucket } = file;
  const bytes = useQuery({
    queryKey: ['content', bucket, entry.key, entry.etag, file.versionId, maxBytes],
    queryFn: ({ signal }) => readRange(url ?? '', 0, Math.min(maxBytes, entry.sizeBytes), signal),
    enabled: url !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
  });
  const retry = () => void refetch().then(() => bytes.refetch());
  return { data: bytes.data, error: error ?? bytes.error, retry };
}

/** Bytes [start, end) of what stands at the address. Throws `ApiError`. */
async function readRange(
  url: string,
  start: number,
  end: number,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (end <= start) return new Uint8Array();
  try {
    const headers = { range: `bytes=${start}-${end - 1}` };
    const response = await fetch(url, { headers, ...(signal === undefined ? {} : { signal }) });
    if (!response.ok) throw errorFrom(response.status, await response.text());
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted === true) throw error;
    throw new ApiError(0, 'ConnectionLost', '');
  }
}
