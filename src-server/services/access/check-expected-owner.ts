import { ACCOUNT_ID } from '../../domain/account.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

/**
 * `x-amz-expected-bucket-owner` and its copy-source twin: the bucket must belong to the account that the caller expects
 * (AmazonS3/latest/userguide/bucket-owner-condition). Asked after `authorize`.
 *
 * Throws AccessDenied where it belongs to another, InvalidArgument for what is no account id, NoSuchBucket.
 */
export async function checkExpectedOwner(
  context: ServiceContext,
  bucketName: BucketName,
  expectedAccountId: string,
): Promise<void> {
  if (!ACCOUNT_ID.test(expectedAccountId)) {
    throw new Failure('InvalidArgument', 'The value of the expected bucket owner parameter must be an AWS account ID', {
      fields: { ArgumentName: 'x-amz-expected-bucket-owner', ArgumentValue: expectedAccountId },
    });
  }
  const bucket = await requireBucket(context, bucketName);
  if (bucket.ownerAccountId !== expectedAccountId) throw new Failure('AccessDenied');
}
