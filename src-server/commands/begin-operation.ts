import { beginOperation as begin } from '../db/tables/operation.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, OperationId } from '../domain/ids.ts';
import type { OperationPosition } from '../domain/operation.ts';

export interface BeginOperationInput {
  readonly operationId: OperationId;
  readonly position: OperationPosition;
  readonly objects: number;
  readonly bytes: number;
  readonly nowMs: EpochMs;
}

/** Writes down what an operation has before it. @throws Failure OperationAborted where it was cancelled */
export async function beginOperation(tx: WriteTx, input: BeginOperationInput): Promise<void> {
  const { operationId, position, objects, bytes, nowMs } = input;
  const begun = await begin(tx, operationId, { position: JSON.stringify(position), objects, bytes, nowMs });
  if (!begun) throw new Failure('OperationAborted');
}
