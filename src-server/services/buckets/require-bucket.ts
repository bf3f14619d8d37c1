import { type Bucket, findBucket } from '../../db/tables/bucket.ts';
import { noSuchBucket } from '../../domain/absent-bucket.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { createGenerationCache } from '../generation-cache.ts';

export type { Bucket } from '../../db/tables/bucket.ts';

const CACHED_BUCKETS = 4096;
const cached = createGenerationCache<Bucket>(CACHED_BUCKETS);

/**
 * The bucket with its settings, from this thread's cache where it can (every PUT and GET asks). Commands look again:
 * what is answered here may be gone by then. Throws NoSuchBucket.
 */
export async function requireBucket(context: ServiceContext, name: BucketName): Promise<Bucket> {
  const bucket = await cached(context.catalogue, name, () => context.catalogue.read((tx) => findBucket(tx, name)));
  if (bucket === undefined) throw noSuchBucket(name);
  return bucket;
}
