import type { ItemInput } from '../../commands/support/new-batch.ts';
import { listBinnedBy } from '../../db/tables/binned-object.ts';
import { findBucketName } from '../../db/tables/bucket.ts';
import {
  type BatchRow,
  findBatch,
  findLastBatch,
  findOperation,
  type OperationRow,
} from '../../db/tables/operation.ts';
import { type BatchItem, listItems } from '../../db/tables/operation-item.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { Failure } from '../../domain/failure.ts';
import type { BatchId, BucketId, BucketName, ObjectKey, OperationId } from '../../domain/ids.ts';
import type { OperationPosition, OperationProblem, OperationRequest, UndoPhase } from '../../domain/operation.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import { ownerOfNewObject } from '../objects/object-attributes.ts';
import { itemOf } from './choose-targets.ts';
import { isAllowed, KEYS_A_BATCH, type OperationWork, stepOf, type WorkOutcome } from './operation-work.ts';

type UndoRequest = Extract<OperationRequest, { kind: 'undo' }>;

/** What an undo takes back, batch by batch, the last one first. */
interface Undo {
  readonly work: OperationWork;
  readonly undone: OperationRow;
  readonly batch: BatchRow;
  readonly items: readonly BatchItem[];
}

/** Its total is what the operation had done; nothing is counted anew. */
export async function beginUndo(work: OperationWork, request: UndoRequest): Promise<WorkOutcome> {
  const { context, operation } = work;
  const undone = await requireUndone(work, request);
  const last = await context.catalogue.read((tx) => findLastBatch(tx, undone.id));
  if (last === undefined) return 'end';
  await context.engine.submit('begin-operation', {
    operationId: operation.id,
    position: { batchId: last.id, phase: 'back' },
    objects: undone.done_objects,
    bytes: undone.done_bytes,
    nowMs: context.now(),
  });
  return 'more';
}

/** One phase of one batch. Each is a command that moves the position on, so that a crash repeats none. */
export async function undoWork(work: OperationWork, request: UndoRequest): Promise<WorkOutcome> {
  const { context } = work;
  const undone = await requireUndone(work, request);
  const position = undoPositionOf(work);
  const found = await context.catalogue.read(async (tx) => {
    const batch = (await findBatch(tx, position.batchId)) ?? (await findLastBatch(tx, undone.id));
    return batch === undefined ? undefined : { batch, items: await listItems(tx, batch.id) };
  });
  if (found === undefined) return 'end';
  const phase = found.batch.id === position.batchId ? position.phase : 'back';
  await runPhase({ work, undone, ...found }, phase);
  return 'more';
}

async function runPhase(undo: Undo, phase: UndoPhase): Promise<void> {
  switch (phase) {
    case 'back':
      if (undo.batch.handed_over === 1) return moveBack(undo);
      return runPhase(undo, undo.undone.kind === 'copy' || isRevival(undo) ? 'targets' : 'markers');
    case 'markers':
      return withdraw(undo, 'markers', isDeletion(undo) ? 'restore' : 'targets');
    case 'targets':
      return withdraw(undo, 'targets', 'restore');
    case 'restore':
      return restore(undo);
    case 'forget':
      return forget(undo);
    default:
      return assertNever(phase);
  }
}

/** What took the source's bodies gives them back, where the source is free and the target untouched since. */
async function moveBack(undo: Undo): Promise<void> {
  const { work, batch } = undo;
  const { context, identity } = work;
  const source = await bucketOf(undo, batch.bucket_id);
  const target = await bucketOf(undo, batch.target_bucket_id);
  const { items, problems } = await allowedItems(undo, (item) => [
    { iamAction: 's3:PutObject', bucket: source.name, key: item.key },
    { iamAction: 's3:DeleteObject', bucket: target.name, key: item.target_key },
  ]);
  await context.engine.submit('transfer-objects', {
    step: stepOf(work, positionAt(undo, 'restore'), problems),
    bucketId: target.id,
    targetBucketId: source.id,
    items: items.map((item) => itemOf({ key: item.target_key, seq: batch.id }, item.key)),
    isMove: true,
    takesBack: true,
    occupied: 'problem',
    ownerId: source.id === target.id ? null : ownerOfNewObject(source, identity),
    markerOwnerId: ownerOfNewObject(target, identity),
    userId: identity.userId,
    nowMs: context.now(),
    lockNowMs: context.lockClock.nowMs(),
    isNoted: false,
  });
}

/** Takes back the markers at the sources, or the versions at the targets. */
async function withdraw(undo: Undo, what: 'markers' | 'targets', next: UndoPhase): Promise<void> {
  const { work, batch, undone } = undo;
  // Nothing but what went into the bin.
  if (undo.items.length === 0) return restore(undo);
  const { context, identity } = work;
  const source = await bucketOf(undo, batch.bucket_id);
  const target = await bucketOf(undo, batch.target_bucket_id);
  const [at, twin] = what === 'markers' ? [source, target] : [target, source];
  const keyAt = (item: BatchItem) => (what === 'markers' ? item.key : item.target_key);
  const isCounted = undone.kind === 'rewind' || (undone.kind === 'delete') === (what === 'markers');
  const { items, problems } = await allowedItems(undo, (item) => [
    { iamAction: 's3:DeleteObjectVersion', bucket: at.name, key: keyAt(item) },
  ]);
  await context.engine.submit('withdraw-versions', {
    step: stepOf(work, positionAt(undo, next), isCounted ? problems : []),
    bucketId: at.id,
    twinBucketId: twin.id,
    items: items.map((item): ItemInput => ({ key: keyAt(item), seq: batch.id, targetKey: item.key })),
    userId: identity.userId,
    nowMs: context.now(),
    lockNowMs: context.lockClock.nowMs(),
    isCounted,
  });
}

/** What the batch had put into a bin, of either bucket, comes back; some at a time. */
async function restore(undo: Undo): Promise<void> {
  const { work, batch, undone, items } = undo;
  const { context } = work;
  for (const bucketId of new Set([batch.bucket_id, batch.target_bucket_id])) {
    const bucket = await bucketOf(undo, bucketId);
    const binned = await context.catalogue.read((tx) => listBinnedBy(tx, bucketId, batch.id, '', KEYS_A_BATCH * 2));
    if (binned.length === 0) continue;
    const allowed: ItemInput[] = [];
    const problems: OperationProblem[] = [];
    for (const { key, batch_id } of binned) {
      if (await isAllowed(work, [{ iamAction: 's3:PutObject', bucket: bucket.name, key }])) {
        allowed.push({ key, seq: batch_id, targetKey: key });
      } else problems.push({ key, code: 'AccessDenied' });
    }
    await context.engine.submit('return-binned', {
      step: stepOf(work, positionAt(undo, 'restore'), problems),
      bucketId,
      items: allowed,
      isCounted: undone.kind === 'delete' && items.length === 0,
    });
  }
  await forget(undo);
}

async function forget(undo: Undo): Promise<void> {
  const { work, batch } = undo;
  await work.context.engine.submit('forget-batch', {
    step: stepOf(work, positionAt(undo, 'forget')),
    batchId: batch.id,
  });
}

/** A part of a rewind is one or the other: versions that came back have bodies of their own, delete markers have none. */
function isRevival({ undone, items }: Undo): boolean {
  return undone.kind === 'rewind' && items.some((item) => item.body_id !== null);
}

/** A part of a move can be one too: where bytes were written anew, the source was deleted by itself. */
function isDeletion({ batch, items }: Undo): boolean {
  return batch.bucket_id === batch.target_bucket_id && items.every((item) => item.key === item.target_key);
}

async function allowedItems(
  { work, items }: Undo,
  wanted: (item: BatchItem) => { iamAction: string; bucket: BucketName; key: ObjectKey }[],
): Promise<{ items: BatchItem[]; problems: OperationProblem[] }> {
  const allowed: BatchItem[] = [];
  const problems: OperationProblem[] = [];
  for (const item of items) {
    if (await isAllowed(work, wanted(item))) allowed.push(item);
    else problems.push({ key: item.key, code: 'AccessDenied' });
  }
  return { items: allowed, problems };
}

/** The bucket as it is now. Throws NoSuchBucket where it was deleted: what was done there cannot be taken back. */
async function bucketOf({ work }: Undo, id: BucketId) {
  const name = await work.context.catalogue.read((tx) => findBucketName(tx, id));
  if (name === undefined) throw new Failure('NoSuchBucket');
  return requireBucket(work.context, name);
}

async function requireUndone({ context }: OperationWork, { operationId }: UndoRequest): Promise<OperationRow> {
  // Written from an id that was one.
  const undone = await context.catalogue.read((tx) => findOperation(tx, operationId as OperationId));
  if (undone === undefined) throw new Failure('OperationAborted');
  return undone;
}

function positionAt({ batch }: Undo, phase: UndoPhase): OperationPosition {
  return { batchId: batch.id, phase };
}

function undoPositionOf({ operation }: OperationWork): { readonly batchId: BatchId; readonly phase: UndoPhase } {
  // Written by commands of ours, from the type.
  return JSON.parse(operation.position ?? '{}') as { batchId: BatchId; phase: UndoPhase };
}
