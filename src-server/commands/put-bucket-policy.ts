import { type Bucket, setBucketPolicy } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { requireStandingBucket } from './support/bucket-still-stands.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketPolicyInput extends BucketChangeInput {
  /** Undefined removes the policy. */
  readonly policy: Bucket['policy'];
  /** It lets in people it does not name. */
  readonly isPublic: boolean;
}

/**
 * Replaces the policy of a bucket. Throws NoSuchBucket; AccessDenied for a public one where BlockPublicPolicy is on: decided here, so
 * that no policy slips in while the switch is turned.
 */
export async function putBucketPolicy(tx: WriteTx, input: PutBucketPolicyInput): Promise<void> {
  const stands = await requireStandingBucket(tx, input.bucket);
  if (input.isPublic && stands.publicAccessBlock?.blockPublicPolicy === true) {
    throw new Failure(
      'AccessDenied',
      'Public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    );
  }
  await changeBucket(tx, input, 'policy', input.policy, setBucketPolicy);
}
