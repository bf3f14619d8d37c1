import { Failure } from '../../domain/failure.ts';
import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { taggingXml } from '../xml/shapes/tagging.ts';

/** GetBucketTagging. */
export const getBucketTagging: BucketOperation = async (context, request) => {
  const { name, tags } = await requireBucket(context, request.target.bucket);
  if (tags === undefined) throw new Failure('NoSuchTagSet', undefined, { fields: { BucketName: name } });
  return xmlResponse(taggingXml(tags));
};
