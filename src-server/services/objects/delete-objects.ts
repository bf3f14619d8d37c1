import type { DeleteObjectsInput, DeleteResult } from '../../commands/delete-objects.ts';
import type { ETagCondition } from '../../domain/etag.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { freshVersionId, ownerOfNewObject } from './object-attributes.ts';

export interface DeleteObjectsRequest {
  readonly identity: Identity;
  readonly bucket: BucketName;
  readonly keys: readonly {
    readonly key: ObjectKey;
    readonly versionId: VersionId | undefined;
    readonly condition: ETagCondition | undefined;
    /** The caller may remove what is under governance, and said so. */
    readonly bypassGovernance: boolean;
  }[];
}

/** Keys in one command: so many that statements and answers cost little, so few that others get their turn between. */
const KEYS_A_COMMAND = 100;

/**
 * Deletes many keys; answers what became of each, in their order. A batch is not atomic, on AWS neither.
 *
 * @throws Failure NoSuchBucket, or what kept the commands from being durable: then nothing is known of any key
 */
export async function deleteObjects(context: ServiceContext, request: DeleteObjectsRequest): Promise<DeleteResult[]> {
  const bucket = await requireBucket(context, request.bucket);
  const scene = {
    bucketId: bucket.id,
    ownerId: ownerOfNewObject(bucket, request.identity),
    nowMs: context.now(),
    lockNowMs: context.lockClock.nowMs(),
  };
  const submitted: Promise<DeleteResult[]>[] = [];
  for (let first = 0; first < request.keys.length; first += KEYS_A_COMMAND) {
    const keys = request.keys.slice(first, first + KEYS_A_COMMAND);
    const requests = keys.map((key) => ({ ...key, markerId: freshVersionId() }));
    submitted.push(deleteSome(context, { scene, requests }));
  }
  return (await Promise.all(submitted)).flat();
}

/** A delete takes a little room before it gives any back: on a full disk, fewer at once. */
async function deleteSome(context: ServiceContext, input: DeleteObjectsInput): Promise<DeleteResult[]> {
  const { scene, requests } = input;
  try {
    return await context.engine.submit('delete-objects', input);
  } catch (error) {
    if (requests.length === 1 || !isFailure(error, 'InsufficientStorage')) throw error;
    const half = requests.length >> 1;
    const first = await deleteSome(context, { scene, requests: requests.slice(0, half) });
    return [...first, ...(await deleteSome(context, { scene, requests: requests.slice(half) }))];
  }
}
