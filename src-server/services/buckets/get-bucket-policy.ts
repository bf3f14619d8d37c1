import { Failure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import { isPublicPolicy } from '../../domain/policy/public-policy.ts';
import { bucketPolicy } from '../access/decide-access.ts';
import type { ServiceContext } from '../context.ts';
import { requireBucket } from './require-bucket.ts';

export interface BucketPolicy {
  /** As it was put. */
  readonly text: string;
  /** It lets in people it does not name. */
  readonly isPublic: boolean;
}

/** The policy of a bucket. Throws NoSuchBucketPolicy, NoSuchBucket. */
export async function getBucketPolicy(context: ServiceContext, name: BucketName): Promise<BucketPolicy> {
  const bucket = await requireBucket(context, name);
  const applied = bucketPolicy(bucket);
  if (bucket.policy === undefined || applied === undefined) {
    throw new Failure('NoSuchBucketPolicy', undefined, { fields: { BucketName: name } });
  }
  const { document } = applied;
  return { text: bucket.policy, isPublic: document !== 'unreadable' && isPublicPolicy(document) };
}
