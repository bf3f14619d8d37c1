import type { BodyId } from '../../domain/ids.ts';
import type { BodyChunk, ExtentSlice } from '../../storage/body-store.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { findSlices } from './body-slices.ts';
import { type FoundObject, findObject, type ReadObjectRequest } from './head-object.ts';
import type { StoredObject } from './stored-object.ts';

/** The wanted bytes of an object. `bytes` are verified and at hand; `open` reads them. */
export type ReadableBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'stream'; readonly sizeBytes: number; open(signal: AbortSignal): AsyncIterable<BodyChunk> };

export interface ReadableObject extends FoundObject {
  readonly body: ReadableBody;
}

/**
 * As `headObject`, with where the bytes stand, on one snapshot. Small unencrypted bodies are read whole and kept, whatever
 * part of them is wanted. Throws as `headObject`, and for small bodies as `BodyStore.read`.
 */
export async function getObject(context: ServiceContext, request: ReadObjectRequest): Promise<ReadableObject> {
  const bucket = await requireBucket(context, request.bucket);
  const { found, source } = await context.catalogue.read(async (tx) => {
    const found = await findObject(tx, bucket, request);
    const { bodyId, sizeBytes } = found.object;
    const { window } = found.selection;
    if (bodyId === null || window.start >= window.end) return { found, source: undefined };
    if (!isKept(context, found.object)) return { found, source: await findSlices(tx, bodyId, window) };
    const bytes = context.bodies.kept.get(bodyId);
    return { found, source: bytes ?? { bodyId, slices: await findSlices(tx, bodyId, { start: 0, end: sizeBytes }) } };
  });
  return { ...found, body: await bodyOf(context, found, source) };
}

/** Bytes at hand, slices to be read, or those of a small body that is read and kept. */
type Source = Uint8Array | readonly ExtentSlice[] | { readonly bodyId: BodyId; readonly slices: ExtentSlice[] };

async function bodyOf(context: ServiceContext, found: FoundObject, source: Source | undefined): Promise<ReadableBody> {
  if (source === undefined) return { kind: 'empty' };
  const { start, end } = found.selection.window;
  if (source instanceof Uint8Array) return { kind: 'bytes', bytes: source.subarray(start, end) };
  if ('slices' in source) {
    const bytes = await readWhole(context, source.slices, found.object.sizeBytes);
    context.bodies.kept.put(source.bodyId, bytes);
    return { kind: 'bytes', bytes: bytes.subarray(start, end) };
  }
  const open = (signal: AbortSignal) => openSlices(context, found.object, source, signal);
  return { kind: 'stream', sizeBytes: end - start, open };
}

function isKept(context: ServiceContext, { envelope, sizeBytes }: StoredObject): boolean {
  return envelope === null && sizeBytes <= context.bodies.kept.maxBodyBytes;
}

/** All bytes of a small body, in memory of their own. */
async function readWhole(
  context: ServiceContext,
  slices: readonly ExtentSlice[],
  sizeBytes: number,
): Promise<Uint8Array> {
  const whole = Buffer.allocUnsafeSlow(sizeBytes);
  let at = 0;
  for await (const chunk of context.bodies.read(slices, undefined)) {
    for (const piece of chunk.pieces) {
      whole.set(piece, at);
      at += piece.byteLength;
    }
    chunk.release();
  }
  if (at !== sizeBytes) throw new Error(`a body of ${sizeBytes} bytes has ${at}`);
  return whole;
}

function openSlices(
  context: ServiceContext,
  object: StoredObject,
  slices: readonly ExtentSlice[],
  signal: AbortSignal,
): AsyncIterable<BodyChunk> {
  const dataKey = object.envelope === null ? undefined : context.keys.openDataKey(object.envelope);
  return context.bodies.read(slices, dataKey, signal);
}
