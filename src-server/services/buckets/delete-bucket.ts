import type { BucketName, EpochMs } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { tellOfChange } from './bucket-change.ts';
import { requireBucket } from './require-bucket.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Removes an empty bucket, its open uploads and what is in its bin. Throws BucketNotEmpty (versions and delete markers count), NoSuchBucket. */
export async function deleteBucket(context: ServiceContext, name: BucketName): Promise<void> {
  const { id, ownerId, ownerAccountId } = await requireBucket(context, name);
  const nowMs = context.now();
  const input = { bucket: { id, name }, nameHeldUntilMs: heldUntil(nowMs, context.config.s3.heldNameDays), nowMs };
  // Ends: each round removes some of what stood when it began, and more of it needs requests of its own.
  while ((await context.engine.submit('delete-bucket', input)).kind === 'some-left');
  tellOfChange(context, { name, ownerId, ownerAccountId });
}

function heldUntil(nowMs: EpochMs, days: number): EpochMs | null {
  // A time, as its parts are.
  return days === 0 ? null : ((nowMs + days * DAY_MS) as EpochMs);
}
