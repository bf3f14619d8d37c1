import { putBucketEncryption as putBucketEncryptionOf } from '../../services/buckets/put-bucket-encryption.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseEncryptionConfiguration } from '../xml/shapes/server-side-encryption-configuration.ts';

/** PutBucketEncryption. */
export const putBucketEncryption: BucketOperation = async (context, request) => {
  const encryption = parseEncryptionConfiguration(await readConfigBody(request));
  await putBucketEncryptionOf(context, request.identity, request.target.bucket, encryption);
  return emptyResponse();
};
