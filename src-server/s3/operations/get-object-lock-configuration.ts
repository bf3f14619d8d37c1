import { Failure } from '../../domain/failure.ts';
import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { objectLockConfigurationXml } from '../xml/shapes/object-lock.ts';

/** GetObjectLockConfiguration. */
export const getObjectLockConfiguration: BucketOperation = async (context, request) => {
  const { name, objectLock } = await requireBucket(context, request.target.bucket);
  if (objectLock === undefined) {
    throw new Failure('ObjectLockConfigurationNotFoundError', undefined, { fields: { BucketName: name } });
  }
  return xmlResponse(objectLockConfigurationXml(objectLock));
};
