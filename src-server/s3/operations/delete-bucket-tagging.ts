import { putBucketTagging } from '../../services/buckets/put-bucket-tagging.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** DeleteBucketTagging. Removing what is not there succeeds. */
export const deleteBucketTagging: BucketOperation = async (context, request) => {
  await putBucketTagging(context, request.identity, request.target.bucket, undefined);
  return emptyResponse(204);
};
