import { putPublicAccessBlock as putPublicAccessBlockOf } from '../../services/buckets/put-public-access-block.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parsePublicAccessBlock } from '../xml/shapes/public-access-block.ts';

/** PutPublicAccessBlock. */
export const putPublicAccessBlock: BucketOperation = async (context, request) => {
  const block = parsePublicAccessBlock(await readConfigBody(request));
  await putPublicAccessBlockOf(context, request.identity, request.target.bucket, block);
  return emptyResponse();
};
