import { Failure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import { isPublicPolicy } from '../../domain/policy/public-policy.ts';
import { decideUnderPolicy } from '../access/decide-access.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { checkBucketPolicy } from './check-bucket-policy.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/**
 * Replaces the policy of a bucket; undefined removes it. It is kept as the text that was put.
 *
 * Throws MalformedPolicy; AccessDenied for a public policy under BlockPublicPolicy, and for one under which the caller could not change it
 * again, unless that is meant; NoSuchBucket.
 *
 * @param meansToLoseAccess `x-amz-confirm-remove-self-bucket-access`
 */
export async function putBucketPolicy(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  policy: Bucket['policy'],
  meansToLoseAccess = false,
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const document = policy === undefined ? undefined : checkBucketPolicy(policy, name);
  if (policy !== undefined && !meansToLoseAccess) {
    const question = { identity, iamAction: 's3:PutBucketPolicy', bucket: name };
    const after = await decideUnderPolicy(context, question, bucket, policy);
    if (after.effect !== 'Allow') throw new Failure('AccessDenied', LOCKS_OUT);
  }
  await context.engine.submit('put-bucket-policy', {
    bucket: { id: bucket.id, name },
    policy,
    isPublic: document !== undefined && isPublicPolicy(document),
    ...changedBy(context, identity),
  });
  tellOfChange(context, bucket);
}

const LOCKS_OUT =
  'With this policy you could not change the bucket policy again. x-amz-confirm-remove-self-bucket-access: true says that you mean it.';
