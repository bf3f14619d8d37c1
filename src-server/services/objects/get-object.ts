import type { BodyChunk, ExtentSlice } from '../../storage/body-store.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { findSlices } from './body-slices.ts';
import { type FoundObject, findObject, type ReadObjectRequest } from './head-object.ts';
import type { StoredObject } from './stored-object.ts';

export interface ReadableObject extends FoundObject {
  readonly sizeBytes: number;
  /** Undefined where there is no byte to send. */
  open(signal: AbortSignal): AsyncIterable<BodyChunk> | undefined;
}

/** As `headObject`, with where the bytes stand, on one snapshot; `open` reads them. Throws as `headObject`. */
export async function getObject(context: ServiceContext, request: ReadObjectRequest): Promise<ReadableObject> {
  const bucket = await requireBucket(context, request.bucket);
  return context.catalogue.read(async (tx) => {
    const found = await findObject(tx, bucket, request);
    const { object } = found;
    const window = windowOf(found);
    const slices = object.bodyId === null ? [] : await findSlices(tx, object.bodyId, window);
    const open = (signal: AbortSignal) => openSlices(context, object, slices, signal);
    return { ...found, sizeBytes: window.end - window.start, open };
  });
}

function openSlices(
  context: ServiceContext,
  object: StoredObject,
  slices: readonly ExtentSlice[],
  signal: AbortSignal,
): AsyncIterable<BodyChunk> | undefined {
  if (slices.length === 0) return undefined;
  const dataKey = object.envelope === null ? undefined : context.keys.openDataKey(object.envelope);
  return context.bodies.read(slices, dataKey, signal);
}

function windowOf({ selection: { range }, object }: FoundObject) {
  return range === undefined ? { start: 0, end: object.sizeBytes } : { start: range.start, end: range.end + 1 };
}
