import { listBinnedRows } from '../db/tables/binned-object.ts';
import { type Bucket, deleteBucketRow, findBucket, hasVersions } from '../db/tables/bucket.ts';
import { changeUsage, deleteUsage } from '../db/tables/bucket-usage.ts';
import { deleteChangesOf } from '../db/tables/change-record.ts';
import { deleteHeldName, listEndedNames, putHeldName } from '../db/tables/held-name.ts';
import { deleteUploadRow, listUploadsOfBucket } from '../db/tables/upload.ts';
import { discardParts, sumParts } from '../db/tables/upload-part.ts';
import type { WriteTx } from '../db/tx.ts';
import { noSuchBucket } from '../domain/absent-bucket.ts';
import { Failure } from '../domain/failure.ts';
import type { BucketId, EpochMs } from '../domain/ids.ts';
import type { BucketRef } from './support/bucket-still-stands.ts';
import { purgeFromBin } from './support/purge-bin.ts';

export interface DeleteBucketInput {
  readonly bucket: BucketRef;
  /** Until then no other account gets the name; null: anybody may have it at once. */
  readonly nameHeldUntilMs: EpochMs | null;
  readonly nowMs: EpochMs;
}

/** `some-left`: nothing stood in the way, but there were too many uploads or binned objects for one batch; submit again. */
export type DeleteBucketOutcome = { readonly kind: 'deleted' } | { readonly kind: 'some-left' };

/** Uploads removed by one command, so that no batch waits long for a bucket. */
const UPLOADS_AT_ONCE = 32;
const BINNED_AT_ONCE = 256;
/** Each removal forgets a few names whose time has passed, so that none needs a job of its own. */
const ENDED_NAMES_AT_ONCE = 8;

/**
 * Removes a bucket without versions and delete markers, with its settings and counters. Open uploads do not keep it, as on
 * AWS: they end with it, and so does what is in its bin, which S3 does not see. Throws BucketNotEmpty, NoSuchBucket.
 */
export async function deleteBucket(tx: WriteTx, input: DeleteBucketInput): Promise<DeleteBucketOutcome> {
  const { id, name } = input.bucket;
  const stands = await findBucket(tx, name);
  if (stands?.id !== id) throw noSuchBucket(name);
  if (await hasVersions(tx, id)) throw new Failure('BucketNotEmpty', undefined, { fields: { BucketName: name } });
  const uploads = await listUploadsOfBucket(tx, id);
  for (const upload of uploads.slice(0, UPLOADS_AT_ONCE)) {
    const { bytes } = await sumParts(tx, upload.id);
    await discardParts(tx, upload.id, input.nowMs);
    await deleteUploadRow(tx, upload.id);
    const uploadsLess = upload.state === 'open' ? -1 : 0;
    await changeUsage(tx, id, { bytes: -bytes, versions: 0, objects: 0, uploads: uploadsLess });
  }
  const isBinEmpty = await emptyBin(tx, id, input.nowMs);
  if (uploads.length > UPLOADS_AT_ONCE || !isBinEmpty) return { kind: 'some-left' };
  await deleteChangesOf(tx, { scope: 'bucket', target: String(id) });
  await deleteUsage(tx, id);
  await deleteBucketRow(tx, id);
  await holdName(tx, stands, input);
  return { kind: 'deleted' };
}

async function holdName(
  tx: WriteTx,
  { name, ownerAccountId }: Bucket,
  { nameHeldUntilMs, nowMs }: DeleteBucketInput,
): Promise<void> {
  for (const ended of await listEndedNames(tx, nowMs, ENDED_NAMES_AT_ONCE)) await deleteHeldName(tx, ended);
  if (nameHeldUntilMs === null) return;
  await putHeldName(tx, { name, account_id: ownerAccountId, until_ms: nameHeldUntilMs });
}

/** Gives up some of the bin; true if nothing is left there. */
async function emptyBin(tx: WriteTx, bucketId: BucketId, nowMs: EpochMs): Promise<boolean> {
  const binned = await listBinnedRows(tx, bucketId, BINNED_AT_ONCE);
  if (binned.length === 0) return true;
  const items = binned.map(({ key, batch_id }) => ({ key, seq: batch_id, targetKey: key }));
  await purgeFromBin(tx, bucketId, items, nowMs);
  return binned.length < BINNED_AT_ONCE;
}
