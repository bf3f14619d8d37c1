import type { ChecksumAlgorithm } from '../../domain/checksum.ts';
import type { ExtentSlice } from '../../storage/body-store.ts';
import type { ServiceContext } from '../context.ts';
import type { IncomingBody } from './incoming-body.ts';
import type { StoredObject } from './stored-object.ts';

const MD5_ETAG = /^[0-9a-f]{32}$/;

/**
 * A stored object as a body to be stored once more: each frame verified as it is read, and the whole against the object's
 * MD5 where its ETag is one.
 */
export function storedBody(
  context: ServiceContext,
  object: StoredObject,
  slices: readonly ExtentSlice[],
  checksumAlgorithm: ChecksumAlgorithm,
): IncomingBody {
  return {
    sizeBytes: object.sizeBytes,
    neededDigests: ['MD5'],
    checksumAlgorithm,
    chunks: () => readPieces(context, object, slices),
    verify(computed) {
      const md5 = computed.MD5;
      if (md5 === undefined || !MD5_ETAG.test(object.etag)) return;
      if (Buffer.from(md5).toString('hex') !== object.etag) {
        throw new Error(`object of ETag ${object.etag} reads as ${Buffer.from(md5).toString('hex')}`);
      }
    },
  };
}

async function* readPieces(
  context: ServiceContext,
  object: StoredObject,
  slices: readonly ExtentSlice[],
): AsyncGenerator<Uint8Array> {
  if (slices.length === 0) return;
  const dataKey = object.envelope === null ? undefined : context.keys.openDataKey(object.envelope);
  for await (const chunk of context.bodies.read(slices, dataKey)) {
    try {
      yield* chunk.pieces;
    } finally {
      chunk.release();
    }
  }
}
