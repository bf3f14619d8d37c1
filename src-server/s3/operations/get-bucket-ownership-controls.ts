import { Failure } from '../../domain/failure.ts';
import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { ownershipControlsXml } from '../xml/shapes/ownership-controls.ts';

/** GetBucketOwnershipControls. */
export const getBucketOwnershipControls: BucketOperation = async (context, request) => {
  const { name, ownership } = await requireBucket(context, request.target.bucket);
  if (ownership === undefined)
    throw new Failure('OwnershipControlsNotFoundError', undefined, { fields: { BucketName: name } });
  return xmlResponse(ownershipControlsXml(ownership));
};
