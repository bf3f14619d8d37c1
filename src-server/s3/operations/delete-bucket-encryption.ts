import { putBucketEncryption } from '../../services/buckets/put-bucket-encryption.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** DeleteBucketEncryption. Removing what is not there succeeds. */
export const deleteBucketEncryption: BucketOperation = async (context, request) => {
  await putBucketEncryption(context, request.identity, request.target.bucket, undefined);
  return emptyResponse(204);
};
