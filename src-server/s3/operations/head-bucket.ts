import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** HeadBucket: is it there, and in which region. */
export const headBucket: BucketOperation = async (context, request) => {
  await requireBucket(context, request.target.bucket);
  return emptyResponse(200, {
    'x-amz-bucket-region': context.config.region,
    'x-amz-access-point-alias': 'false',
    'content-type': 'application/xml',
  });
};
