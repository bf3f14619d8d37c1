import { putPublicAccessBlock } from '../../services/buckets/put-public-access-block.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** DeletePublicAccessBlock. Removing what is not there succeeds. */
export const deletePublicAccessBlock: BucketOperation = async (context, request) => {
  await putPublicAccessBlock(context, request.identity, request.target.bucket, undefined);
  return emptyResponse(204);
};
