import { putBucketOwnershipControls } from '../../services/buckets/put-bucket-ownership-controls.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** DeleteBucketOwnershipControls. Removing what is not there succeeds. */
export const deleteBucketOwnershipControls: BucketOperation = async (context, request) => {
  await putBucketOwnershipControls(context, request.identity, request.target.bucket, undefined);
  return emptyResponse(204);
};
