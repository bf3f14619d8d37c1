import type { ItemInput } from '../../commands/support/new-batch.ts';
import { BIN_START, type BinnedObject, findBinned, findBinUsage, listBinned } from '../../db/tables/binned-object.ts';
import type { ReadTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketId } from '../../domain/ids.ts';
import type { BinnedRef, OperationProblem, OperationRequest } from '../../domain/operation.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import { selectionPlaceOf } from './begin-work.ts';
import { chooseTargets, itemOf } from './choose-targets.ts';
import { isAllowed, KEYS_A_BATCH, type OperationWork, stepOf, type WorkOutcome } from './operation-work.ts';
import type { SelectionPlace } from './read-selection.ts';
import { occupiedRule } from './transfer-work.ts';

export type BinRequest = Extract<OperationRequest, { kind: 'restore' | 'purge' }>;

/** Counts what was chosen of the bin. */
export async function beginBin({ context, operation }: OperationWork, request: BinRequest): Promise<WorkOutcome> {
  const all = await context.catalogue.read((tx) => findBinUsage(tx, operation.bucket_id));
  const chosen = request.binned === 'all' ? all : { objects: request.binned.length, bytes: 0 };
  const begin = { operationId: operation.id, position: { item: 0, after: '' }, ...chosen, nowMs: context.now() };
  await context.engine.submit('begin-operation', begin);
  return 'more';
}

/** Restores or gives up the next objects of the bin. */
export async function binWork(work: OperationWork, request: BinRequest): Promise<WorkOutcome> {
  const { context, operation } = work;
  const bucket = await requireBucket(context, operation.bucket_name);
  if (bucket.id !== operation.bucket_id) throw new Failure('NoSuchBucket');
  const place = selectionPlaceOf(work);
  const page = await context.catalogue.read((tx) => readBin(tx, bucket.id, request.binned, place));
  if (page.next === undefined) return 'end';
  const iamAction = request.kind === 'restore' ? 's3:PutObject' : 's3:DeleteObject';
  const allowed: BinnedObject[] = [];
  const problems = [...page.problems];
  for (const object of page.objects) {
    if (await isAllowed(work, [{ iamAction, bucket: bucket.name, key: object.key }])) allowed.push(object);
    else problems.push({ key: object.key, code: 'AccessDenied' });
  }
  if (request.kind === 'purge') {
    const step = stepOf(work, page.next, problems);
    const items = allowed.map(binItemOf);
    await context.engine.submit('purge-binned', { step, bucketId: bucket.id, items, nowMs: context.now() });
  } else await restorePage(work, request, bucket, { allowed, problems, next: page.next });
  return 'more';
}

async function restorePage(
  work: OperationWork,
  request: Extract<BinRequest, { kind: 'restore' }>,
  bucket: Bucket,
  page: { allowed: BinnedObject[]; problems: OperationProblem[]; next: SelectionPlace },
): Promise<void> {
  const { context, identity } = work;
  const wanted = page.allowed.map((object) => ({ object: { ...object, seq: object.batch_id }, target: object.key }));
  // Nothing was promised to be untouched as a whole: what is taken is said.
  const chosen = await context.catalogue.read((tx) => chooseTargets(tx, bucket.id, wanted, request.conflict));
  await context.engine.submit('restore-binned', {
    step: stepOf(work, page.next, [...page.problems, ...chosen.problems], chosen.skipped),
    bucketId: bucket.id,
    items: chosen.taken.map(({ object, targetKey }) => itemOf(object, targetKey)),
    occupied: occupiedRule(request.conflict),
    userId: identity.userId,
    nowMs: context.now(),
    lockNowMs: context.lockClock.nowMs(),
  });
}

export function binItemOf({ key, batch_id }: BinnedObject): ItemInput {
  return { key, seq: batch_id, targetKey: key };
}

interface BinPage {
  readonly objects: readonly BinnedObject[];
  readonly problems: readonly OperationProblem[];
  /** Undefined where nothing was left. */
  readonly next: SelectionPlace | undefined;
}

/** A place in the whole bin is `item` = the batch with the `after` of its key; 0 is the start. */
async function readBin(
  tx: ReadTx,
  bucketId: BucketId,
  binned: readonly BinnedRef[] | 'all',
  place: SelectionPlace,
): Promise<BinPage> {
  if (binned === 'all') {
    const after = place.item === 0 ? BIN_START : { batchId: place.item, key: place.after };
    const objects = await listBinned(tx, bucketId, after, KEYS_A_BATCH);
    const last = objects.at(-1);
    return { objects, problems: [], next: last && { item: last.batch_id, after: last.key } };
  }
  const some = binned.slice(place.item, place.item + KEYS_A_BATCH);
  if (some.length === 0) return { objects: [], problems: [], next: undefined };
  const objects: BinnedObject[] = [];
  const problems: OperationProblem[] = [];
  for (const { batchId, key } of some) {
    const found = await findBinned(tx, bucketId, batchId, key);
    if (found === undefined) problems.push({ key, code: 'Gone' });
    else objects.push(found);
  }
  return { objects, problems, next: { item: place.item + some.length, after: '' } };
}
