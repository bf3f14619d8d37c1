import type { ItemInput } from '../../commands/support/new-batch.ts';
import { rewindingOf } from '../../domain/as-of.ts';
import { Failure } from '../../domain/failure.ts';
import type { OperationProblem, OperationRequest } from '../../domain/operation.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import {
  HISTORY_START,
  type HistoryPlace,
  type ItemHistoryPage,
  readItemHistories,
} from '../history/read-item-histories.ts';
import { behindAll, selectionPlaceOf } from './begin-work.ts';
import { itemOf } from './choose-targets.ts';
import { binKeys } from './delete-work.ts';
import {
  BYTES_A_BATCH,
  isAllowed,
  KEYS_A_BATCH,
  type OperationWork,
  stepOf,
  type WorkOutcome,
} from './operation-work.ts';

export type RewindRequest = Extract<OperationRequest, { kind: 'rewind' }>;

const ROWS_AT_ONCE = 1000;

/** Counts what a rewind has before it. */
export async function beginRewind(work: OperationWork, request: RewindRequest): Promise<WorkOutcome> {
  const { context, operation, signal } = work;
  let objects = 0;
  let bytes = 0;
  for (let place: HistoryPlace | undefined = HISTORY_START; place !== undefined; ) {
    if (signal.aborted) return 'more';
    const page: ItemHistoryPage = await readFrom(work, request, place);
    for (const { past, current } of page.keys) {
      const rewinding = rewindingOf(past, current);
      if (rewinding === 'back') bytes += past?.size ?? 0;
      if (rewinding === 'back' || (rewinding === 'newer' && request.isExact)) objects += 1;
      if (rewinding === 'newer' && request.isExact) bytes += current?.size ?? 0;
    }
    place = page.next;
  }
  const begin = { operationId: operation.id, position: HISTORY_START, objects, bytes, nowMs: context.now() };
  await context.engine.submit('begin-operation', begin);
  return 'more';
}

function readFrom({ context, operation }: OperationWork, request: RewindRequest, place: HistoryPlace) {
  const limits = { atMs: request.atMs, rows: ROWS_AT_ONCE };
  return context.catalogue.read((tx) => readItemHistories(tx, operation.bucket_id, request.items, place, limits));
}

/** Takes the next keys back to what they were; asked again after a crash in the middle it finds the first half done. */
export async function rewindWork(work: OperationWork, request: RewindRequest): Promise<WorkOutcome> {
  const { context, operation, identity } = work;
  const bucket = await requireBucket(context, operation.bucket_name);
  if (bucket.id !== operation.bucket_id) throw new Failure('NoSuchBucket');
  const here = selectionPlaceOf(work);
  if (here.item >= request.items.length) return 'end';
  const changes = await decide(work, request, bucket, await readFrom(work, request, here));
  const { back, hidden, problems } = changes;
  const position = changes.next ?? behindAll(request.items);
  if (back.length > 0) {
    const step = hidden.length > 0 ? stepOf(work, here) : stepOf(work, position, problems);
    const times = { nowMs: context.now(), lockNowMs: context.lockClock.nowMs() };
    const revived = { step, bucketId: bucket.id, items: back, userId: identity.userId, ...times };
    await context.engine.submit('revive-versions', revived);
  }
  if (hidden.length > 0) await binKeys(work, bucket, hidden, { position, problems, isCounted: true });
  if (back.length === 0 && hidden.length === 0) {
    await context.engine.submit('note-progress', { step: stepOf(work, position, problems) });
  }
  return 'more';
}

interface Changes {
  readonly back: readonly ItemInput[];
  readonly hidden: readonly ItemInput[];
  readonly problems: readonly OperationProblem[];
  readonly next: HistoryPlace | undefined;
}

/** What of a page is to be done, as much as one command takes, and what this user may not do. */
async function decide(
  work: OperationWork,
  request: RewindRequest,
  bucket: Bucket,
  page: ItemHistoryPage,
): Promise<Changes> {
  const back: ItemInput[] = [];
  const hidden: ItemInput[] = [];
  const problems: OperationProblem[] = [];
  let bytes = 0;
  for (const { key, past, current, itemNumber } of page.keys) {
    const rewinding = rewindingOf(past, current);
    const permission = { bucket: bucket.name, key };
    if (rewinding === 'back' && past !== undefined) {
      const wanted = ['s3:GetObjectVersion', 's3:PutObject'].map((iamAction) => ({ iamAction, ...permission }));
      if (await isAllowed(work, wanted)) back.push(itemOf(past, key));
      else problems.push({ key, code: 'AccessDenied' });
      bytes += past.size;
    } else if (rewinding === 'newer' && request.isExact && current !== undefined) {
      if (await isAllowed(work, [{ iamAction: 's3:DeleteObject', ...permission }])) hidden.push(itemOf(current, key));
      else problems.push({ key, code: 'AccessDenied' });
    } else continue;
    const isFull = back.length + hidden.length >= KEYS_A_BATCH || bytes >= BYTES_A_BATCH;
    if (isFull) return { back, hidden, problems, next: { item: itemNumber, after: key } };
  }
  return { back, hidden, problems, next: page.next };
}
