import { getBucketPolicy as readPolicy } from '../../services/buckets/get-bucket-policy.ts';
import type { BucketOperation } from '../operation.ts';

/** GetBucketPolicy: the text as it was put. */
export const getBucketPolicy: BucketOperation = async (context, request) => {
  const { text } = await readPolicy(context, request.target.bucket);
  return { status: 200, headers: {}, body: { kind: 'json', json: text } };
};
