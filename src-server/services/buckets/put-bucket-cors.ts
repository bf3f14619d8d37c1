import { checkCorsRules } from '../../domain/cors-rules.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Replaces the CORS rules; undefined removes them. Throws InvalidRequest for rules that AWS refuses, NoSuchBucket. */
export async function putBucketCors(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  cors: Bucket['cors'],
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  if (cors !== undefined) checkCorsRules(cors);
  await context.engine.submit('put-bucket-cors', { bucket: ref, cors, ...changedBy(context, identity) });
  tellOfChange(context, bucket);
}
