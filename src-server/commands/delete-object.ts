import { changeUsage } from '../db/tables/bucket-usage.ts';
import type { WriteTx } from '../db/tx.ts';
import { type DeleteOutcome, type DeleteRequest, type DeleteScene, deleteKey } from './support/delete-key.ts';

export interface DeleteObjectInput {
  readonly scene: DeleteScene;
  readonly request: DeleteRequest;
}

/** Deletes a key or one of its versions. Throws as `deleteKey`. */
export async function deleteObject(tx: WriteTx, { scene, request }: DeleteObjectInput): Promise<DeleteOutcome> {
  const { outcome, usage } = await deleteKey(tx, scene, request);
  if (usage !== undefined) await changeUsage(tx, scene.bucketId, usage);
  return outcome;
}
