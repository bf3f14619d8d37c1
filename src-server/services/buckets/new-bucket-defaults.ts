import type { NewBucketDefaults } from '../../commands/support/provision-bucket.ts';
import type { Config } from '../../config/schema.ts';
import { BLOCK_ALL } from '../../domain/bucket-settings.ts';

/** How buckets start: the settings `s3.newBucketOwnership` and `s3.newBucketPublicAccessBlock`. */
export function newBucketDefaults({
  s3,
}: {
  readonly s3: Pick<Config['s3'], 'newBucketOwnership' | 'newBucketPublicAccessBlock'>;
}): NewBucketDefaults {
  return {
    ownership: s3.newBucketOwnership,
    publicAccessBlock: s3.newBucketPublicAccessBlock ? BLOCK_ALL : undefined,
  };
}
