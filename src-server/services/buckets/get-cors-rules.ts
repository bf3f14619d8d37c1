import type { CorsRule } from '../../domain/bucket-settings.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { requireBucket } from './require-bucket.ts';

/**
 * The CORS rules of a bucket, in the order in which they are tried; empty where there is no configuration or no bucket.
 * Preflights are not signed: nothing but the rules that match may be told from it.
 */
export async function getCorsRules(context: ServiceContext, name: BucketName): Promise<readonly CorsRule[]> {
  try {
    return (await requireBucket(context, name)).cors ?? [];
  } catch (error) {
    if (isFailure(error, 'NoSuchBucket')) return [];
    throw error;
  }
}
