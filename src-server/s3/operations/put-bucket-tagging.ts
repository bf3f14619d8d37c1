import { putBucketTagging as putBucketTaggingOf } from '../../services/buckets/put-bucket-tagging.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseTagging } from '../xml/shapes/tagging.ts';

/** PutBucketTagging. */
export const putBucketTagging: BucketOperation = async (context, request) => {
  const tags = parseTagging(await readConfigBody(request));
  await putBucketTaggingOf(context, request.identity, request.target.bucket, tags);
  return emptyResponse(204);
};
