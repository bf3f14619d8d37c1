import { Failure } from '../../domain/failure.ts';
import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { publicAccessBlockXml } from '../xml/shapes/public-access-block.ts';

/** GetPublicAccessBlock. */
export const getPublicAccessBlock: BucketOperation = async (context, request) => {
  const { name, publicAccessBlock } = await requireBucket(context, request.target.bucket);
  if (publicAccessBlock === undefined) {
    throw new Failure('NoSuchPublicAccessBlockConfiguration', undefined, { fields: { BucketName: name } });
  }
  return xmlResponse(publicAccessBlockXml(publicAccessBlock));
};
