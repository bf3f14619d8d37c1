import { create } from 'zustand';
import { queryClient } from '../../../app/query-client.ts';
import { ApiError } from '../../../lib/api.ts';
import { putFile } from '../api/put-file.ts';

export interface FileToUpload {
  /** Relative to where it was dropped, `/` between folders. */
  readonly path: string;
  readonly file: File;
}

export interface Upload extends FileToUpload {
  readonly id: number;
  readonly bucket: string;
  readonly key: string;
  readonly state: 'waiting' | 'sending' | 'stored' | 'failed' | 'cancelled';
  readonly sentBytes: number;
  readonly error: unknown;
}

/** Browsers open six connections to a server; the rest of the page needs some. */
const AT_ONCE = 3;
const REFRESH_MS = 1000;

export const useUploads = create<{ readonly uploads: readonly Upload[] }>(() => ({ uploads: [] }));

const running = new Map<number, AbortController>();
let lastId = 0;
const refreshing = new Set<string>();

/** Puts files in line to be stored under `prefix`. */
export function upload(bucket: string, prefix: string, files: readonly FileToUpload[]): void {
  const added = files.map((one): Upload => {
    lastId += 1;
    return { ...one, id: lastId, bucket, key: prefix + one.path, state: 'waiting', sentBytes: 0, error: undefined };
  });
  useUploads.setState(({ uploads }) => ({ uploads: [...uploads, ...added] }));
  startNext();
}

export function retryFailed(): void {
  changeWhere(({ state }) => state === 'failed', { state: 'waiting', sentBytes: 0, error: undefined });
  startNext();
}

/** Stops what runs and what waits; what is stored stays. */
export function cancelAll(): void {
  changeWhere(({ state }) => state === 'waiting', { state: 'cancelled' });
  for (const controller of running.values()) controller.abort();
}

export function forgetAll(): void {
  cancelAll();
  useUploads.setState({ uploads: [] });
}

function startNext(): void {
  while (running.size < AT_ONCE) {
    const next = useUploads.getState().uploads.find(({ state }) => state === 'waiting');
    if (next === undefined) return;
    void send(next);
  }
}

async function send(one: Upload): Promise<void> {
  const controller = new AbortController();
  running.set(one.id, controller);
  change(one.id, { state: 'sending' });
  try {
    const onProgress = (sentBytes: number) => change(one.id, { sentBytes });
    await putFile({ ...one, signal: controller.signal, onProgress });
    change(one.id, { state: 'stored', sentBytes: one.file.size });
    refreshSoon(one.bucket);
  } catch (error) {
    const cancelled = error instanceof ApiError && error.code === 'Cancelled';
    change(one.id, cancelled ? { state: 'cancelled' } : { state: 'failed', error });
  } finally {
    running.delete(one.id);
    startNext();
  }
}

/** One refresh for the many files that are stored within a second. */
function refreshSoon(bucket: string): void {
  if (refreshing.has(bucket)) return;
  refreshing.add(bucket);
  setTimeout(() => {
    refreshing.delete(bucket);
    void queryClient.invalidateQueries({ queryKey: ['folder', bucket] });
    void queryClient.invalidateQueries({ queryKey: ['buckets'] });
  }, REFRESH_MS);
}

function change(id: number, changes: Partial<Upload>): void {
  changeWhere((one) => one.id === id, changes);
}

function changeWhere(matches: (one: Upload) => boolean, changes: Partial<Upload>): void {
  useUploads.setState(({ uploads }) => ({
    uploads: uploads.map((one) => (matches(one) ? { ...one, ...changes } : one)),
  }));
}
