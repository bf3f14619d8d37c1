import { listSources } from '../../db/tables/object-version.ts';
import { type FailureCode, isFailure } from '../../domain/failure.ts';
import type { ObjectKey } from '../../domain/ids.ts';
import { successorOf } from '../../domain/listing.ts';
import { NO_LOCK } from '../../domain/lock.ts';
import type { OperationPosition } from '../../domain/operation.ts';
import { parseStorageClass } from '../../domain/storage-class.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import { copyObject } from '../objects/copy-object.ts';
import { selectionPlaceOf } from './begin-work.ts';
import { itemOf } from './choose-targets.ts';
import { binKeys } from './delete-work.ts';
import { type OperationWork, stepOf } from './operation-work.ts';
import type { SelectedObject } from './read-selection.ts';
import type { TransferRequest } from './transfer-work.ts';

interface Rewriting {
  readonly request: TransferRequest;
  readonly source: Bucket;
  readonly target: Bucket;
  readonly object: SelectedObject;
  readonly targetKey: ObjectKey;
  readonly position: OperationPosition;
}

const NO_CONDITIONS = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};

/** What is this object's alone: the others go on. */
const OF_ONE_OBJECT = [
  'NoSuchKey',
  'NoSuchVersion',
  'PreconditionFailed',
  'OperationAborted',
  'InvalidRequest',
] as const satisfies FailureCode[];

/**
 * Copies or moves one object whose bytes the target's bucket wants encrypted: read and written by the ordinary copy. What it
 * replaces goes into the bin first. Cut off by a crash between the copy and its note, the copy stays and is found as taken.
 */
export async function rewriteObject(work: OperationWork, rewriting: Rewriting): Promise<void> {
  const { position } = rewriting;
  const { context } = work;
  try {
    const { request, target } = rewriting;
    if (request.conflict === 'replace' && !keepsReplaced(request, target)) await binReplaced(work, rewriting);
    await copyAndNote(work, rewriting);
  } catch (error) {
    if (!isFailure(error, ...OF_ONE_OBJECT)) throw error;
    const problem = { key: rewriting.object.key, code: error.code };
    await context.engine.submit('note-progress', { step: stepOf(work, position, [problem]) });
  }
}

async function copyAndNote(work: OperationWork, rewriting: Rewriting): Promise<void> {
  const { request, source, target, object, targetKey, position } = rewriting;
  const { context, identity } = work;
  const copied = await copyObject(context, {
    identity,
    bucket: target.name,
    key: targetKey,
    source: { bucket: source.name, key: object.key, versionId: undefined },
    sourceConditions: NO_CONDITIONS,
    // What stood there lies in the bin by now: what stands there again is newer than what was to be replaced.
    condition: keepsReplaced(request, target) ? { kind: 'none' } : { kind: 'absent' },
    directives: { metadata: undefined, tags: undefined, redirectLocation: undefined },
    storageClass: parseStorageClass(object.storage_class),
    encryption: undefined,
    checksumAlgorithm: undefined,
    lock: NO_LOCK,
    limitBytes: Number.POSITIVE_INFINITY,
  });
  const isMove = request.kind !== 'copy';
  const here = isMove ? selectionPlaceOf(work) : position;
  await context.engine.submit('note-copy', {
    step: stepOf(work, here),
    seq: copied.seq,
    bucketId: source.id,
    targetBucketId: target.id,
    item: itemOf(object, targetKey),
    sizeBytes: object.size,
    isCounted: !isMove,
  });
  if (isMove) await binKeys(work, source, [itemOf(object, object.key)], { position, isCounted: true });
}

/** Does the copy replace what stands at its target, as a version behind it? */
function keepsReplaced({ conflict }: TransferRequest, { versioning }: Bucket): boolean {
  return conflict === 'replace' && versioning === 'Enabled';
}

/** Puts what stands at the target into the bin, where the bucket would not keep it. */
async function binReplaced(work: OperationWork, { target, targetKey }: Rewriting): Promise<void> {
  const { context } = work;
  const range = { from: targetKey, end: successorOf(targetKey) };
  const standing = await context.catalogue.read((tx) => listSources(tx, target.id, range, 1));
  const items = standing.map((object) => itemOf(object, object.key));
  if (items.length > 0) await binKeys(work, target, items, { position: selectionPlaceOf(work), isCounted: false });
}
