import { type CopySource, parseCopySource } from '../../domain/copy-source.ts';
import { contextOf } from '../../domain/policy/context.ts';
import { authorize } from '../../services/access/authorize.ts';
import { checkExpectedOwner } from '../../services/access/check-expected-owner.ts';
import type { ServiceContext } from '../../services/context.ts';
import { conditionFacts } from '../auth/condition-facts.ts';
import type { S3Request, Target } from '../operation.ts';

/**
 * Reads `x-amz-copy-source` and asks whether the caller may read it: the pipeline has only asked about the destination.
 *
 * @throws Failure InvalidArgument, AccessDenied, NoSuchBucket
 */
export async function readableCopySource(context: ServiceContext, request: S3Request): Promise<CopySource> {
  const source = parseCopySource(request.header('x-amz-copy-source') ?? '');
  const { bucket, key, versionId } = source;
  const iamAction = versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
  const facts = contextOf({ 's3:versionid': versionId });
  await authorize(context, { identity: request.identity, iamAction, bucket, key, versionId, facts });
  const expectedOwner = request.header('x-amz-source-expected-bucket-owner');
  if (expectedOwner !== undefined) await checkExpectedOwner(context, bucket, expectedOwner);
  return source;
}

/**
 * Tags of a source are copied only by who may read them there and put them here: both are asked where there are some. Throws AccessDenied.
 */
export async function authorizeTagCopy(
  context: ServiceContext,
  request: S3Request<Extract<Target, { scope: 'object' }>>,
  source: CopySource,
): Promise<void> {
  const { identity, target } = request;
  const { bucket, key, versionId } = source;
  const iamAction = versionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging';
  await authorize(context, {
    identity,
    iamAction,
    bucket,
    key,
    versionId,
    facts: contextOf({ 's3:versionid': versionId }),
  });
  await authorize(context, {
    identity,
    iamAction: 's3:PutObjectTagging',
    bucket: target.bucket,
    key: target.key,
    facts: conditionFacts(request),
    isForNew: true,
  });
}
