import { putBucketOwnershipControls as putBucketOwnershipControlsOf } from '../../services/buckets/put-bucket-ownership-controls.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseOwnershipControls } from '../xml/shapes/ownership-controls.ts';

/** PutBucketOwnershipControls. */
export const putBucketOwnershipControls: BucketOperation = async (context, request) => {
  const ownership = parseOwnershipControls(await readConfigBody(request));
  await putBucketOwnershipControlsOf(context, request.identity, request.target.bucket, ownership);
  return emptyResponse();
};
