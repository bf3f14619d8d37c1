import type { ItemInput } from '../../commands/support/new-batch.ts';
import { Failure } from '../../domain/failure.ts';
import type { OperationPosition, OperationProblem, OperationRequest } from '../../domain/operation.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import { ownerOfNewObject } from '../objects/object-attributes.ts';
import { behindAll, selectionPlaceOf } from './begin-work.ts';
import { itemOf } from './choose-targets.ts';
import {
  BYTES_A_BATCH,
  isAllowed,
  KEYS_A_BATCH,
  type OperationWork,
  stepOf,
  type WorkOutcome,
} from './operation-work.ts';
import { readSelection } from './read-selection.ts';

/** Deletes the next keys of an operation: behind markers, or into the bin. */
export async function deleteWork(
  work: OperationWork,
  request: Extract<OperationRequest, { kind: 'delete' }>,
): Promise<WorkOutcome> {
  const { context, operation } = work;
  const bucket = await requireBucket(context, operation.bucket_name);
  if (bucket.id !== operation.bucket_id) throw new Failure('NoSuchBucket');
  const limits = { keys: KEYS_A_BATCH, bytes: BYTES_A_BATCH };
  const place = selectionPlaceOf(work);
  const page = await context.catalogue.read((tx) => readSelection(tx, bucket.id, request.items, place, limits));
  if (page.objects.length === 0 && page.next === undefined) return 'end';
  const items: ItemInput[] = [];
  const problems: OperationProblem[] = [];
  for (const object of page.objects) {
    const wanted = { iamAction: 's3:DeleteObject', bucket: bucket.name, key: object.key };
    if (await isAllowed(work, [wanted])) items.push(itemOf(object, object.key));
    else problems.push({ key: object.key, code: 'AccessDenied' });
  }
  const position = page.next ?? behindAll(request.items);
  await binKeys(work, bucket, items, { position, problems, isCounted: true });
  return 'more';
}

interface BinStep {
  readonly position: OperationPosition;
  readonly problems?: readonly OperationProblem[];
  readonly isCounted: boolean;
}

/** Deletes these objects so that it can be undone. */
export async function binKeys(
  work: OperationWork,
  bucket: Bucket,
  items: readonly ItemInput[],
  { position, problems, isCounted }: BinStep,
): Promise<void> {
  const { context, identity } = work;
  await context.engine.submit('bin-objects', {
    step: stepOf(work, position, problems),
    bucketId: bucket.id,
    items,
    ownerId: ownerOfNewObject(bucket, identity),
    userId: identity.userId,
    nowMs: context.now(),
    lockNowMs: context.lockClock.nowMs(),
    isCounted,
  });
}
