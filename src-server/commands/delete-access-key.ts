import { deleteAccessKey as deleteRow } from '../db/tables/access-key.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';
import { requireChangeableKey } from './support/iam-key.ts';

export interface DeleteAccessKeyInput {
  readonly actorId: UserId;
  readonly accessKeyId: string;
  /** Asked for by IAM's API: whose key it has to be. */
  readonly iam?: { readonly isRoleSession: boolean; readonly userName: string };
}

/** Removes a key that the actor may; answers whose it was. Throws AccessDenied, NoSuchEntity. */
export async function deleteAccessKey(tx: WriteTx, input: DeleteAccessKeyInput): Promise<UserId> {
  const key = await requireChangeableKey(tx, input);
  await deleteRow(tx, key.id);
  return key.user_id;
}
