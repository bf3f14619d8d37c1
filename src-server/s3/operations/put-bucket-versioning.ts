import { Failure } from '../../domain/failure.ts';
import { putBucketVersioning as putBucketVersioningOf } from '../../services/buckets/put-bucket-versioning.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { readConfigBody } from '../xml/read-config-body.ts';
import { parseVersioningConfiguration } from '../xml/shapes/versioning-configuration.ts';

/** PutBucketVersioning. MFA delete needs devices that users here do not have. */
export const putBucketVersioning: BucketOperation = async (context, request) => {
  const { status, mfaDelete } = parseVersioningConfiguration(await readConfigBody(request));
  if (mfaDelete === 'Enabled') throw new Failure('NotImplemented', 'MFA delete is not implemented');
  if (status === undefined) {
    throw new Failure('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  }
  await putBucketVersioningOf(context, request.identity, request.target.bucket, status);
  return emptyResponse();
};
