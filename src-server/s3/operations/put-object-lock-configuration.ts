import { putBucketObjectLock } from '../../services/locks/put-bucket-object-lock.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseObjectLockConfiguration } from '../xml/shapes/object-lock.ts';

/** PutObjectLockConfiguration: turns Object Lock on for a bucket with versioning, or sets its default retention. */
export const putObjectLockConfiguration: BucketOperation = async (context, request) => {
  const objectLock = parseObjectLockConfiguration(await readConfigBody(request));
  await putBucketObjectLock(context, request.identity, request.target.bucket, objectLock);
  return emptyResponse();
};
