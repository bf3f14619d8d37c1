import { deleteAccessKey as deleteRow } from '../db/tables/access-key.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';
import { requireActor, requireKey } from './support/people.ts';

export interface DeleteAccessKeyInput {
  readonly actorId: UserId;
  readonly accessKeyId: string;
}

/** Removes a key that the actor may; answers whose it was. Throws AccessDenied, NoSuchEntity. */
export async function deleteAccessKey(tx: WriteTx, input: DeleteAccessKeyInput): Promise<UserId> {
  const key = await requireKey(tx, await requireActor(tx, input.actorId), input.accessKeyId);
  await deleteRow(tx, key.id);
  return key.user_id;
}
