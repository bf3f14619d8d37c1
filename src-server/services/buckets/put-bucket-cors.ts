import { checkCorsRules } from '../../domain/cors-rules.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Replaces the CORS rules; undefined removes them. Throws InvalidRequest for rules that AWS refuses, NoSuchBucket. */
export async function putBucketCors(context: ServiceContext, name: BucketName, cors: Bucket['cors']): Promise<void> {
  const { id } = await requireBucket(context, name);
  if (cors !== undefined) checkCorsRules(cors);
  await context.engine.submit('put-bucket-cors', { bucket: { id, name }, cors });
}
