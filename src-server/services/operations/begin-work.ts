import { Failure } from '../../domain/failure.ts';
import {
  type OperationItem,
  type OperationProblem,
  type OperationRequest,
  targetKeyOf,
} from '../../domain/operation.ts';
import { authorize } from '../access/authorize.ts';
import { chooseTargets } from './choose-targets.ts';
import type { OperationWork, WorkOutcome } from './operation-work.ts';
import { readSelection, SELECTION_START, type SelectionPlace } from './read-selection.ts';

const COUNTED_AT_ONCE = 2000;
const UNBOUNDED = { keys: COUNTED_AT_ONCE, bytes: Number.POSITIVE_INFINITY };

type Selecting = Extract<OperationRequest, { kind: 'copy' | 'move' | 'rename' | 'delete' }>;

/**
 * Counts what a selection holds, in pages, and writes it down. Where nothing may be overwritten it also looks at every
 * target: if one is taken the operation fails before it began. Throws AccessDenied where a folder may not be listed.
 */
export async function beginSelection(work: OperationWork, request: Selecting): Promise<WorkOutcome> {
  const { context, operation, identity, signal } = work;
  if (request.items.some(({ kind }) => kind === 'folder')) {
    await authorize(context, { identity, iamAction: 's3:ListBucket', bucket: operation.bucket_name });
  }
  let objects = 0;
  let bytes = 0;
  for (let place: SelectionPlace | undefined = SELECTION_START; place !== undefined; ) {
    if (signal.aborted) return 'more';
    const page = await countPage(work, request, place);
    if (page.problems.length > 0) return refuse(work, page.problems);
    objects += page.objects;
    bytes += page.bytes;
    place = page.next;
  }
  const nowMs = context.now();
  const begin = { operationId: operation.id, position: SELECTION_START, objects, bytes, nowMs };
  await context.engine.submit('begin-operation', begin);
  return 'more';
}

function countPage({ context, operation }: OperationWork, request: Selecting, place: SelectionPlace) {
  return context.catalogue.read(async (tx) => {
    const page = await readSelection(tx, operation.bucket_id, request.items, place, UNBOUNDED);
    const bytes = page.objects.reduce((sum, { size }) => sum + size, 0);
    const counted = { objects: page.objects.length, bytes, next: page.next };
    if (request.kind === 'delete' || request.conflict !== 'fail') return { ...counted, problems: [] };
    const wanted = page.objects.map((object) => ({ object, target: targetKeyOf(object.item, object.key) }));
    const { problems } = await chooseTargets(tx, request.target.id, wanted, 'fail');
    return { ...counted, problems };
  });
}

async function refuse(
  { context, operation }: OperationWork,
  problems: readonly OperationProblem[],
): Promise<WorkOutcome> {
  const end = { operationId: operation.id, state: 'failed' as const, problems, nowMs: context.now() };
  await context.engine.submit('finish-operation', end);
  return 'more';
}

/** Where a selection is through. */
export function behindAll(items: readonly OperationItem[]): SelectionPlace {
  return { item: items.length, after: '' };
}

/** The place that an operation's row names. Throws InternalError for that of an undo. */
export function selectionPlaceOf(work: OperationWork): SelectionPlace {
  const position: unknown = JSON.parse(work.operation.position ?? 'null');
  if (typeof position !== 'object' || position === null || !('item' in position)) throw new Failure('InternalError');
  // Written by commands of ours, from the type.
  return position as SelectionPlace;
}
