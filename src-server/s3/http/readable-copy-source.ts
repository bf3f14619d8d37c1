import { type CopySource, parseCopySource } from '../../domain/copy-source.ts';
import { authorize } from '../../services/access/authorize.ts';
import { checkExpectedOwner } from '../../services/access/check-expected-owner.ts';
import type { ServiceContext } from '../../services/context.ts';
import type { S3Request } from '../operation.ts';

/**
 * Reads `x-amz-copy-source` and asks whether the caller may read it: the pipeline has only asked about the destination.
 *
 * @throws Failure InvalidArgument, AccessDenied, NoSuchBucket
 */
export async function readableCopySource(context: ServiceContext, request: S3Request): Promise<CopySource> {
  const source = parseCopySource(request.header('x-amz-copy-source') ?? '');
  const { bucket, key, versionId } = source;
  const iamAction = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  await authorize(context, { identity: request.identity, iamAction, bucket, key, versionId });
  const expectedOwner = request.header('x-amz-source-expected-bucket-owner');
  if (expectedOwner !== undefined) await checkExpectedOwner(context, bucket, expectedOwner);
  return source;
}
