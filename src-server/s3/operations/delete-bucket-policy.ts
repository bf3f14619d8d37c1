import { putBucketPolicy } from '../../services/buckets/put-bucket-policy.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** DeleteBucketPolicy. Removing what is not there succeeds. */
export const deleteBucketPolicy: BucketOperation = async (context, request) => {
  await putBucketPolicy(context, request.identity, request.target.bucket, undefined);
  return emptyResponse(204);
};
