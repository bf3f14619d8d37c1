import * as z from 'zod';
import { findOperation, findRequest, type OperationRow } from '../../db/tables/operation.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { type FailureCode, isFailure } from '../../domain/failure.ts';
import type { OperationId } from '../../domain/ids.ts';
import type { OperationProblem, OperationRequest } from '../../domain/operation.ts';
import type { ServiceContext } from '../context.ts';
import { actingIdentity } from './acting-identity.ts';
import { beginSelection } from './begin-work.ts';
import { beginBin, binWork } from './bin-work.ts';
import { deleteWork } from './delete-work.ts';
import type { OperationWork, WorkOutcome } from './operation-work.ts';
import { beginRewind, rewindWork } from './rewind-work.ts';
import { transferWork } from './transfer-work.ts';
import { beginUndo, undoWork } from './undo-work.ts';

/** What waits for better times: the operation stays open and goes on later. */
const PASSING: readonly FailureCode[] = ['InsufficientStorage', 'ServiceUnavailable', 'SlowDown'];

/**
 * Does a bounded part of an open operation: reads, decides with the rights of whoever asked, and at most a few commands.
 * Whatever is wrong with the operation as a whole ends it, with the reason.
 *
 * @throws Failure InsufficientStorage, ServiceUnavailable, SlowDown, and what nobody declared: try again later
 */
export async function workOperation(context: ServiceContext, id: OperationId, signal: AbortSignal): Promise<void> {
  const found = await context.catalogue.read(async (tx) => {
    const operation = await findOperation(tx, id);
    return operation === undefined ? undefined : { operation, request: await findRequest(tx, id) };
  });
  if (found?.request === undefined || !isOpen(found.operation)) return;
  const { operation } = found;
  try {
    const identity = await actingIdentity(context, operation.user_id);
    const work = { context, operation, identity, signal };
    // Written by `createOperation`, from the type.
    const request = requestColumn.parse(JSON.parse(found.request)) as OperationRequest;
    const outcome = operation.position === null ? await begin(work, request) : await goOn(work, request);
    if (outcome === 'end') await end(context, operation, 'done', []);
  } catch (error) {
    if (!isFailure(error) || PASSING.includes(error.code)) throw error;
    // One that was cancelled under our hands has ended already, and stays so.
    await end(context, operation, 'failed', [{ key: '', code: error.code }]);
  }
}

const requestColumn = z.looseObject({ kind: z.string() });

function isOpen({ state }: OperationRow): boolean {
  return state === 'queued' || state === 'running';
}

/** Ends an operation that nobody can go on with. */
export async function giveUpOperation(context: ServiceContext, id: OperationId): Promise<void> {
  const operation = await context.catalogue.read((tx) => findOperation(tx, id));
  if (operation !== undefined) await end(context, operation, 'failed', [{ key: '', code: 'InternalError' }]);
}

async function end(
  context: ServiceContext,
  { id }: OperationRow,
  state: 'done' | 'failed',
  problems: readonly OperationProblem[],
): Promise<void> {
  await context.engine.submit('finish-operation', { operationId: id, state, problems, nowMs: context.now() });
}

function begin(work: OperationWork, request: OperationRequest): Promise<WorkOutcome> {
  switch (request.kind) {
    case 'copy':
    case 'move':
    case 'rename':
    case 'delete':
      return beginSelection(work, request);
    case 'restore':
    case 'purge':
      return beginBin(work, request);
    case 'rewind':
      return beginRewind(work, request);
    case 'undo':
      return beginUndo(work, request);
    default:
      return assertNever(request);
  }
}

function goOn(work: OperationWork, request: OperationRequest): Promise<WorkOutcome> {
  switch (request.kind) {
    case 'copy':
    case 'move':
    case 'rename':
      return transferWork(work, request);
    case 'delete':
      return deleteWork(work, request);
    case 'restore':
    case 'purge':
      return binWork(work, request);
    case 'rewind':
      return rewindWork(work, request);
    case 'undo':
      return undoWork(work, request);
    default:
      return assertNever(request);
  }
}
