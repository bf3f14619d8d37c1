import type { PublicAccessBlock } from '../../domain/bucket-settings.ts';
import type { BucketName } from '../../domain/ids.ts';
import { isPublicPolicy } from '../../domain/policy/public-policy.ts';
import { bucketPolicy, decideAccess } from '../access/decide-access.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** What a bucket says of its own access. */
export interface BucketAccessDescription {
  readonly publicAccessBlock: PublicAccessBlock;
  readonly policyText: string | undefined;
  /** What lets in people whom it does not name, as things stand. */
  readonly publicThrough: readonly 'policy'[];
}

const NONE_BLOCKED: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
const READ_ACTIONS = ['s3:GetBucketPolicy', 's3:GetBucketPolicyStatus', 's3:GetBucketPublicAccessBlock'];

/** What a bucket says of its own access; undefined for who may not read all of it. Throws NoSuchBucket. */
export async function describeBucketAccess(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
): Promise<BucketAccessDescription | undefined> {
  for (const iamAction of READ_ACTIONS) {
    const { effect } = await decideAccess(context, { identity, iamAction, bucket: name });
    if (effect !== 'Allow') return undefined;
  }
  const bucket = await requireBucket(context, name);
  return {
    publicAccessBlock: bucket.publicAccessBlock ?? NONE_BLOCKED,
    policyText: bucket.policy,
    publicThrough: isOpenByPolicy(bucket) ? ['policy'] : [],
  };
}

/** RestrictPublicBuckets takes from a public policy what makes it so. */
function isOpenByPolicy(bucket: Bucket): boolean {
  if (bucket.publicAccessBlock?.restrictPublicBuckets === true) return false;
  const document = bucketPolicy(bucket)?.document;
  return document !== undefined && document !== 'unreadable' && isPublicPolicy(document);
}
