import { putBucketCors as putBucketCorsOf } from '../../services/buckets/put-bucket-cors.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseCorsConfiguration } from '../xml/shapes/cors-configuration.ts';

/** PutBucketCors. */
export const putBucketCors: BucketOperation = async (context, request) => {
  const cors = parseCorsConfiguration(await readConfigBody(request));
  await putBucketCorsOf(context, request.identity, request.target.bucket, cors);
  return emptyResponse();
};
