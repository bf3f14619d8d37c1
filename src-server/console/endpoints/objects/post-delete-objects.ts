import type { DeleteResult } from '../../../commands/delete-objects.ts';
import { deleteObjectsSchema, postDeleteObjects } from '../../../contract/objects.ts';
import { isFailure } from '../../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../../domain/ids.ts';
import { parseObjectKey } from '../../../domain/object-key.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { requireBucket } from '../../../services/buckets/require-bucket.ts';
import type { ServiceContext } from '../../../services/context.ts';
import type { Identity } from '../../../services/identity.ts';
import { deleteObjects } from '../../../services/objects/delete-objects.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { messageOf } from '../../present-error.ts';

interface FailedKey {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

export const postDeleteObjectsEndpoint = sessionEndpoint(
  postDeleteObjects,
  async (context, { session, params, body }) => {
    const { keys } = deleteObjectsSchema.parse(body);
    const bucket = bucketOfPath(params);
    await requireBucket(context, bucket);
    const { identity } = session;
    const allowed: ObjectKey[] = [];
    const failed: FailedKey[] = [];
    for (const text of keys) {
      const checked = await checkKey(context, identity, bucket, text);
      if (typeof checked === 'string') allowed.push(checked);
      else failed.push(checked);
    }
    const requests = allowed.map((key) => ({ key, versionId: undefined, condition: undefined }));
    const results = await deleteObjects(context, { identity, bucket, keys: requests });
    const deleted: string[] = [];
    for (const [index, key] of allowed.entries()) {
      const failure = failureOf(key, results[index]);
      if (failure === undefined) deleted.push(key);
      else failed.push(failure);
    }
    return { status: 200, body: { deleted, failed } };
  },
);

/** The key, or the failure that is its alone. */
async function checkKey(
  context: ServiceContext,
  identity: Identity,
  bucket: BucketName,
  text: string,
): Promise<ObjectKey | FailedKey> {
  try {
    const key = parseObjectKey(text);
    await authorize(context, { identity, iamAction: 's3:DeleteObject', bucket, key });
    return key;
  } catch (error) {
    if (!isFailure(error, 'KeyTooLongError', 'InvalidURI', 'AccessDenied')) throw error;
    return { key: text, code: error.code, message: messageOf(error.code) };
  }
}

function failureOf(key: ObjectKey, result: DeleteResult | undefined): FailedKey | undefined {
  if (result === undefined) throw new Error('a key was deleted without a result');
  return result.kind === 'failed' ? { key, code: result.code, message: messageOf(result.code) } : undefined;
}
