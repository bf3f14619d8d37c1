import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { versioningConfigurationXml } from '../xml/shapes/versioning-configuration.ts';

/** GetBucketVersioning. */
export const getBucketVersioning: BucketOperation = async (context, request) => {
  const { versioning } = await requireBucket(context, request.target.bucket);
  return xmlResponse(versioningConfigurationXml(versioning));
};
