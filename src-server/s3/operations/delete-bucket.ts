import { deleteBucket as deleteBucketOf } from '../../services/buckets/delete-bucket.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** DeleteBucket. */
export const deleteBucket: BucketOperation = async (context, request) => {
  await deleteBucketOf(context, request.target.bucket);
  return emptyResponse(204);
};
