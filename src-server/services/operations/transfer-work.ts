import type { StepResult } from '../../commands/support/operation-progress.ts';
import { Failure } from '../../domain/failure.ts';
import {
  type ConflictRule,
  type OperationProblem,
  type OperationRequest,
  targetKeyOf,
} from '../../domain/operation.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import { ownerOfNewObject } from '../objects/object-attributes.ts';
import { behindAll, selectionPlaceOf } from './begin-work.ts';
import { chooseTargets, itemOf } from './choose-targets.ts';
import {
  BYTES_A_BATCH,
  isAllowed,
  KEYS_A_BATCH,
  type OperationWork,
  type Permission,
  stepOf,
  type WorkOutcome,
} from './operation-work.ts';
import { readSelection, type SelectedObject, type SelectionPage } from './read-selection.ts';
import { rewriteObject } from './rewrite-object.ts';

export type TransferRequest = Extract<OperationRequest, { kind: 'copy' | 'move' | 'rename' }>;

/** Copies or moves the next keys of an operation; reads and decides, then one command does it. */
export async function transferWork(work: OperationWork, request: TransferRequest): Promise<WorkOutcome> {
  const { context, operation } = work;
  const source = await requireBucket(context, operation.bucket_name);
  const target = await requireBucket(context, request.target.name);
  if (source.id !== operation.bucket_id || target.id !== request.target.id) throw new Failure('NoSuchBucket');
  const place = selectionPlaceOf(work);
  const limits = { keys: KEYS_A_BATCH, bytes: BYTES_A_BATCH };
  const page = await context.catalogue.read((tx) => readSelection(tx, source.id, request.items, place, limits));
  if (page.objects.length === 0 && page.next === undefined) return 'end';
  // Bytes are stored encrypted or they are not: what the target's bucket wants encrypted is read and written.
  const mustRewrite = (object: SelectedObject) =>
    target.id !== source.id && target.encryption !== undefined && object.is_encrypted === 0;
  const first = page.objects.findIndex(mustRewrite);
  if (first === 0) return rewriteFirst(work, request, { source, target }, page);
  await transferPage(work, request, { source, target }, first > 0 ? upTo(page, first) : page);
  return 'more';
}

interface Buckets {
  readonly source: Bucket;
  readonly target: Bucket;
}

/** A page that ends before its nth object. */
function upTo(page: SelectionPage, count: number): SelectionPage {
  const objects = page.objects.slice(0, count);
  const last = objects.at(-1);
  if (last === undefined) return page;
  return { objects, next: { item: last.itemNumber, after: last.key } };
}

/** @returns what the command did */
async function transferPage(
  work: OperationWork,
  request: TransferRequest,
  { source, target }: Buckets,
  page: SelectionPage,
): Promise<StepResult> {
  const { context, identity } = work;
  const { allowed, denied } = await splitAllowed(work, request, page.objects);
  const wanted = allowed.map((object) => ({ object, target: targetKeyOf(object.item, object.key) }));
  const chosen = await context.catalogue.read((tx) => chooseTargets(tx, target.id, wanted, request.conflict));
  const problems = [...denied, ...chosen.problems];
  const isSameBucket = source.id === target.id;
  return context.engine.submit('transfer-objects', {
    step: stepOf(work, page.next ?? behindAll(request.items), problems, chosen.skipped),
    bucketId: source.id,
    targetBucketId: target.id,
    items: chosen.taken.map(({ object, targetKey }) => itemOf(object, targetKey)),
    isMove: request.kind !== 'copy',
    takesBack: false,
    occupied: occupiedRule(request.conflict),
    ownerId: isSameBucket ? null : ownerOfNewObject(target, identity),
    markerOwnerId: ownerOfNewObject(source, identity),
    userId: identity.userId,
    nowMs: context.now(),
    lockNowMs: context.lockClock.nowMs(),
    isNoted: true,
  });
}

/** What a command does where a target was taken since it was chosen. */
export function occupiedRule(rule: ConflictRule): 'replace' | 'skip' | 'problem' {
  if (rule === 'replace') return 'replace';
  return rule === 'skip' ? 'skip' : 'problem';
}

async function splitAllowed(
  work: OperationWork,
  request: TransferRequest,
  objects: readonly SelectedObject[],
): Promise<{ allowed: SelectedObject[]; denied: OperationProblem[] }> {
  const allowed: SelectedObject[] = [];
  const denied: OperationProblem[] = [];
  for (const object of objects) {
    if (await isAllowed(work, permissionsFor(work, request, object))) allowed.push(object);
    else denied.push({ key: object.key, code: 'AccessDenied' });
  }
  return { allowed, denied };
}

/** What S3 would ask for the same. */
function permissionsFor(work: OperationWork, request: TransferRequest, object: SelectedObject): Permission[] {
  const { key, item } = object;
  const bucket = work.operation.bucket_name;
  // Too long a key is its own problem, found when targets are chosen.
  const targetKey = targetKeyOf(item, key) as typeof key;
  const wanted: Permission[] = [
    { iamAction: 's3:GetObject', bucket, key },
    { iamAction: 's3:PutObject', bucket: request.target.name, key: targetKey },
  ];
  if (request.kind !== 'copy') wanted.push({ iamAction: 's3:DeleteObject', bucket, key });
  return wanted;
}

/** The first object of a page, whose bytes must be written anew. */
async function rewriteFirst(
  work: OperationWork,
  request: TransferRequest,
  { source, target }: Buckets,
  page: SelectionPage,
): Promise<WorkOutcome> {
  const one = page.objects[0];
  if (one === undefined) return 'more';
  const alone = upTo(page, 1);
  const { allowed, denied } = await splitAllowed(work, request, alone.objects);
  const wanted = allowed.map((object) => ({ object, target: targetKeyOf(object.item, object.key) }));
  const chosen = await work.context.catalogue.read((tx) => chooseTargets(tx, target.id, wanted, request.conflict));
  const position = alone.next ?? behindAll(request.items);
  const [taken] = chosen.taken;
  if (taken !== undefined) {
    await rewriteObject(work, { request, source, target, ...taken, position });
    return 'more';
  }
  const step = stepOf(work, position, [...denied, ...chosen.problems], chosen.skipped);
  await work.context.engine.submit('note-progress', { step });
  return 'more';
}
