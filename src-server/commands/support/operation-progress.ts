import * as z from 'zod';
import { advanceOperation, findOperation } from '../../db/tables/operation.ts';
import type { WriteTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { OperationId } from '../../domain/ids.ts';
import { MAX_PROBLEMS, type OperationPosition, type OperationProblem } from '../../domain/operation.ts';

const problemsColumn = z.array(z.strictObject({ key: z.string(), code: z.string() }));

/** How far an operation is once the command is through, with what its caller left out beforehand. */
export interface OperationStep {
  readonly operationId: OperationId;
  readonly position: OperationPosition;
  readonly skipped: number;
  readonly problems: readonly OperationProblem[];
}

/** What the command itself did and could not do. */
export interface StepResult {
  readonly objects: number;
  readonly bytes: number;
  readonly skipped: number;
  readonly problems: readonly OperationProblem[];
}

/** The JSON of `operation.errors` with more behind it; the first ones stay. */
export function addProblems(column: string, more: readonly OperationProblem[]): string {
  if (more.length === 0) return column;
  return JSON.stringify([...problemsColumn.parse(JSON.parse(column)), ...more].slice(0, MAX_PROBLEMS));
}

/** Writes the progress with the rest of the command. @throws Failure OperationAborted where it was cancelled meanwhile */
export async function advance(tx: WriteTx, step: OperationStep, result: StepResult): Promise<void> {
  const row = await findOperation(tx, step.operationId);
  if (row === undefined) throw new Failure('OperationAborted');
  const problems = [...step.problems, ...result.problems];
  const runs = await advanceOperation(tx, step.operationId, {
    position: JSON.stringify(step.position),
    objects: result.objects,
    bytes: result.bytes,
    skipped: step.skipped + result.skipped,
    failed: problems.length,
    errors: addProblems(row.errors, problems),
  });
  if (!runs) throw new Failure('OperationAborted');
}
