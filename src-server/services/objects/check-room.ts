import { findKeyState, findNoncurrentNullHead, type KeyState } from '../../db/tables/object-version.ts';
import { findRoom } from '../../db/tables/tenant-usage.ts';
import { findPart } from '../../db/tables/upload-part.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { BucketId, ObjectKey, UploadId } from '../../domain/ids.ts';
import { type BucketLimits, checkGrowth, isLimited, quotaExceeded, roomLeft } from '../../domain/quota.ts';
import { NULL_VERSION } from '../../domain/version-id.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { IncomingBody } from './incoming-body.ts';

/** What is about to be written, as far as it counts. */
type Incoming =
  | { readonly kind: 'object'; readonly key: ObjectKey }
  | { readonly kind: 'part'; readonly uploadId: UploadId; readonly partNumber: number };

/** What the write would take the place of. */
interface Replaced {
  readonly bytes: number;
  readonly objects: number;
}

/**
 * Refuses a body that will not fit, before a byte of it is read, and cuts one of unknown length off once it cannot fit any
 * more. The commit decides exactly (`growUsage`); this spares the client the upload. Costs nothing where no quota holds.
 *
 * @returns the body to be read
 * @throws Failure QuotaExceeded
 */
export async function checkRoom(
  context: ServiceContext,
  bucket: Bucket,
  body: IncomingBody,
  incoming: Incoming,
): Promise<IncomingBody> {
  const roomBytes = await checkSize(context, bucket, body.sizeBytes, incoming);
  return body.sizeBytes === undefined && roomBytes !== null ? limited(body, roomBytes) : body;
}

/**
 * As `checkRoom`, for bytes whose number is known and that need not be read. Undefined counts as none.
 *
 * @returns how many bytes fit; null: any number
 */
export async function checkSize(
  context: ServiceContext,
  bucket: Bucket,
  sizeBytes: number | undefined,
  incoming: Incoming,
): Promise<number | null> {
  if (!isLimited(limitsOf(bucket))) return null;
  return context.catalogue.read(async (tx) => {
    const room = await findRoom(tx, bucket.id);
    if (room === undefined) return null;
    const replaced = await findReplaced(tx, bucket.id, incoming);
    const objects = incoming.kind === 'object' ? 1 - replaced.objects : 0;
    checkGrowth(room.limits, room.held, { bytes: (sizeBytes ?? 0) - replaced.bytes, objects });
    const left = roomLeft(room.limits, room.held);
    return left === null ? null : Math.max(0, left) + replaced.bytes;
  });
}

function limitsOf({ quotaBytes, quotaObjects, tenantQuotaBytes }: Bucket): BucketLimits {
  return {
    quotaBytes: quotaBytes ?? null,
    quotaObjects: quotaObjects ?? null,
    tenantQuotaBytes: tenantQuotaBytes ?? null,
  };
}

async function findReplaced(tx: ReadTx, bucketId: BucketId, incoming: Incoming): Promise<Replaced> {
  if (incoming.kind === 'part') {
    return { bytes: (await findPart(tx, incoming.uploadId, incoming.partNumber))?.size ?? 0, objects: 0 };
  }
  const state = await findKeyState(tx, bucketId, incoming.key);
  const objects = state.current?.is_marker === 0 ? 1 : 0;
  return { bytes: await replacedBytes(tx, bucketId, incoming.key, state), objects };
}

/** Only the `null` version is ever replaced. */
async function replacedBytes(
  tx: ReadTx,
  bucketId: BucketId,
  key: ObjectKey,
  { versioning, current }: KeyState,
): Promise<number> {
  if (versioning === 'Enabled') return 0;
  if (current?.version_id === NULL_VERSION) return current.size;
  return (await findNoncurrentNullHead(tx, bucketId, key))?.size ?? 0;
}

function limited(body: IncomingBody, roomBytes: number): IncomingBody {
  return {
    sizeBytes: undefined,
    neededDigests: body.neededDigests,
    checksumAlgorithm: body.checksumAlgorithm,
    chunks: () => chunksWithin(body.chunks(), roomBytes),
    verify: (computed) => body.verify(computed),
  };
}

async function* chunksWithin(chunks: AsyncIterable<Uint8Array>, roomBytes: number): AsyncGenerator<Uint8Array> {
  let taken = 0;
  for await (const chunk of chunks) {
    taken += chunk.length;
    if (taken > roomBytes) throw quotaExceeded('bucket', 'bytes');
    yield chunk;
  }
}
