import { Failure } from '../../domain/failure.ts';
import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { encryptionConfigurationXml } from '../xml/shapes/server-side-encryption-configuration.ts';

/** GetBucketEncryption. */
export const getBucketEncryption: BucketOperation = async (context, request) => {
  const { name, encryption } = await requireBucket(context, request.target.bucket);
  if (encryption === undefined)
    throw new Failure('ServerSideEncryptionConfigurationNotFoundError', undefined, { fields: { BucketName: name } });
  return xmlResponse(encryptionConfigurationXml(encryption));
};
