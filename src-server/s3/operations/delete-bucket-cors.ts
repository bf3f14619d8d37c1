import { putBucketCors } from '../../services/buckets/put-bucket-cors.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** DeleteBucketCors. Removing what is not there succeeds. */
export const deleteBucketCors: BucketOperation = async (context, request) => {
  await putBucketCors(context, request.identity, request.target.bucket, undefined);
  return emptyResponse(204);
};
