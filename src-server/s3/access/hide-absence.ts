import { parseCopySource } from '../../domain/copy-source.ts';
import { Failure, isFailure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { contextOf } from '../../domain/policy/context.ts';
import { decideAccess } from '../../services/access/decide-access.ts';
import type { ServiceContext } from '../../services/context.ts';
import type { Identity } from '../../services/identity.ts';

/** A name that an answer would tell something about. */
interface Place {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
}

/**
 * That a key or version is not there is told only to who may list it (API reference, GetObject: 404 with s3:ListBucket, else 403): with the
 * key as the prefix, so that who may list one folder learns nothing of the others. Answers what to say instead.
 *
 * @param copySource `x-amz-copy-source`, whose object may be the one that is missing
 */
export async function hideAbsence(
  context: ServiceContext,
  identity: Identity,
  place: Place,
  copySource: string | undefined,
  failure: unknown,
): Promise<unknown> {
  if (!isFailure(failure, 'NoSuchKey', 'NoSuchVersion')) return failure;
  const iamAction = failure.code === 'NoSuchKey' ? 's3:ListBucket' : 's3:ListBucketVersions';
  const places = copySource === undefined ? [place] : placesOfCopy(place, parseCopySource(copySource), failure);
  for (const { bucket, key } of places) {
    const facts = contextOf({ 's3:prefix': key });
    const decision = await decideAccess(context, { identity, iamAction, bucket, facts });
    if (decision.effect !== 'Allow') return new Failure('AccessDenied');
  }
  return failure;
}

/** The failure names the key that is missing; of two that have the same name it may be either. */
function placesOfCopy(target: Place, source: Place, failure: Failure): readonly Place[] {
  const missing = failure.detail.fields?.Key;
  return [source, target].filter(({ key }) => missing === undefined || key === missing);
}
