import { postObjectProbe, probeSchema } from '../../../contract/upload-batches.ts';
import { isFailure } from '../../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../../domain/ids.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { authorize } from '../../../services/access/authorize.ts';
import type { ServiceContext } from '../../../services/context.ts';
import type { Identity } from '../../../services/identity.ts';
import { probeObjects } from '../../../services/objects/probe-objects.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

/** Size, time and ETag are what a listing shows; the checksum is told only who may read the object. */
export const postObjectProbeEndpoint = sessionEndpoint(postObjectProbe, async (context, { session, params, body }) => {
  const { keys } = probeSchema.parse(body);
  const bucket = bucketOfPath(params);
  const { identity } = session;
  await authorize(context, { identity, iamAction: 's3:ListBucket', bucket });
  const found = [];
  for (const object of await probeObjects(context, bucket, keys.flatMap(possibleKey))) {
    const isReadable = await mayRead(context, identity, bucket, object.key);
    found.push({
      key: object.key,
      sizeBytes: object.sizeBytes,
      modifiedAtMs: object.modifiedMs,
      sourceModifiedAtMs: (isReadable ? object.sourceModifiedMs : undefined) ?? null,
      etag: object.etag,
      crc64nvme: (isReadable ? object.crc64nvme : undefined) ?? null,
    });
  }
  return { status: 200, body: { found } };
});

/** No object can stand under a key that is none. */
function possibleKey(text: string): ObjectKey[] {
  try {
    return [parseObjectKey(text)];
  } catch (error) {
    if (!isFailure(error, 'KeyTooLongError', 'InvalidURI')) throw error;
    return [];
  }
}

async function mayRead(context: ServiceContext, identity: Identity, bucket: BucketName, key: ObjectKey) {
  try {
    await authorize(context, { identity, iamAction: 's3:GetObject', bucket, key });
    return true;
  } catch (error) {
    if (!isFailure(error, 'AccessDenied')) throw error;
    return false;
  }
}
