import type { VersionId } from '../../domain/ids.ts';
import { shownVersionId } from '../../domain/versioning.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { VersionRef } from '../objects/stored-object.ts';

/** Sets or lifts a version's legal hold. Answers the version's id where the bucket shows ids. Throws as the command. */
export async function putObjectLegalHold(
  context: ServiceContext,
  { bucket: name, key, versionId }: VersionRef,
  isOn: boolean,
): Promise<VersionId | undefined> {
  const bucket = await requireBucket(context, name);
  const changed = await context.engine.submit('put-object-legal-hold', {
    bucketId: bucket.id,
    bucketName: name,
    key,
    versionId,
    isOn,
  });
  return shownVersionId(bucket.versioning, changed);
}
