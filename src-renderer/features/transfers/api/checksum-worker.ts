/// <reference lib="webworker" />
import { crc64OfBlob, packBatch } from '../engine/pack-batch.ts';
import type { FileToPack } from '../engine/ports.ts';

/** What the page asks: the same id comes back with the answer. */
export type ChecksumRequest =
  | { readonly id: number; readonly kind: 'crc64'; readonly blob: Blob }
  | { readonly id: number; readonly kind: 'pack'; readonly files: readonly FileToPack[] };
export interface ChecksumAnswer {
  readonly id: number;
  /** Undefined where the bytes could not be read. */
  readonly value: unknown;
}

addEventListener('message', ({ data }: MessageEvent<ChecksumRequest>) => {
  void answer(data).then(
    (value) => postMessage({ id: data.id, value } satisfies ChecksumAnswer),
    () => postMessage({ id: data.id, value: undefined } satisfies ChecksumAnswer),
  );
});

function answer(request: ChecksumRequest): Promise<unknown> {
  return request.kind === 'crc64' ? crc64OfBlob(request.blob) : packBatch(request.files);
}
