import type { Checksummer, PackedBatch } from '../engine/ports.ts';
import type { ChecksumAnswer, ChecksumRequest } from './checksum-worker.ts';

type Waiting = (value: unknown) => void;
type Question = ChecksumRequest extends infer R ? (R extends { readonly id: number } ? Omit<R, 'id'> : never) : never;

/** Reads and computes in a worker, so that the page stays fluid. */
export function createChecksums(): Checksummer & { close(): void } {
  const worker = new Worker(new URL('./checksum-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<ChecksumAnswer>) => {
    waiting.get(data.id)?.(data.value);
    waiting.delete(data.id);
  });
  const ask = async <T>(question: Question): Promise<T> => {
    lastId += 1;
    const id = lastId;
    const value = await new Promise((resolve: Waiting) => {
      waiting.set(id, resolve);
      worker.postMessage({ ...question, id });
    });
    if (value === undefined) throw new DOMException('it could not be read', 'NotReadableError');
    // The worker is ours: it answers each kind of question with what that is for.
    return value as T;
  };
  return {
    crc64: (blob) => ask<string>({ kind: 'crc64', blob }),
    pack: (files) => ask<PackedBatch>({ kind: 'pack', files }),
    close: () => worker.terminate(),
  };
}
