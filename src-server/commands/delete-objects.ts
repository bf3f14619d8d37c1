import { addUsage, changeUsage, NO_USAGE } from '../db/tables/bucket-usage.ts';
import type { WriteTx } from '../db/tx.ts';
import { type FailureCode, isFailure } from '../domain/failure.ts';
import { type DeleteOutcome, type DeleteRequest, type DeleteScene, deleteKey } from './support/delete-key.ts';

export interface DeleteObjectsInput {
  readonly scene: DeleteScene;
  readonly requests: readonly DeleteRequest[];
}

/** What became of one key, in the order of the requests. */
export type DeleteResult =
  | DeleteOutcome
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly message: string };

/**
 * Deletes a run of keys in one command: one savepoint and one update of the counters for all of them. A key whose condition
 * does not hold or whose version is locked fails alone; it has changed nothing, since both are asked before a key's first
 * write.
 *
 * @throws Failure NoSuchBucket
 */
export async function deleteObjects(tx: WriteTx, { scene, requests }: DeleteObjectsInput): Promise<DeleteResult[]> {
  const results: DeleteResult[] = [];
  let sum = NO_USAGE;
  for (const request of requests) {
    try {
      const { outcome, usage } = await deleteKey(tx, scene, request);
      if (usage !== undefined) sum = addUsage(sum, usage);
      results.push(outcome);
    } catch (error) {
      if (!isFailure(error, 'PreconditionFailed', 'NoSuchKey', 'AccessDenied')) throw error;
      results.push({ kind: 'failed', code: error.code, message: error.message });
    }
  }
  await changeUsage(tx, scene.bucketId, sum);
  return results;
}
