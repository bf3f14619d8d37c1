import { Failure } from '../../domain/failure.ts';
import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { corsConfigurationXml } from '../xml/shapes/cors-configuration.ts';

/** GetBucketCors. */
export const getBucketCors: BucketOperation = async (context, request) => {
  const { name, cors } = await requireBucket(context, request.target.bucket);
  if (cors === undefined) throw new Failure('NoSuchCORSConfiguration', undefined, { fields: { BucketName: name } });
  return xmlResponse(corsConfigurationXml(cors));
};
