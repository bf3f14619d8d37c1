import type { BucketName } from '../../domain/ids.ts';
import { checkTags, MAX_BUCKET_TAGS } from '../../domain/tags.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Replaces the tags; undefined or none removes the tag set. Throws InvalidTag, BadRequest for too many, NoSuchBucket. */
export async function putBucketTagging(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  tags: Bucket['tags'],
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  const kept = tags === undefined || tags.length === 0 ? undefined : checkTags(tags, MAX_BUCKET_TAGS);
  await context.engine.submit('put-bucket-tagging', { bucket: ref, tags: kept, ...changedBy(context, identity) });
  tellOfChange(context, bucket);
}
