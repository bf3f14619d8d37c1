import { setIamColumns } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import type { SequenceId, UserId } from '../domain/ids.ts';
import { type IamActor, requireChangeableUser, requireIamActor } from './support/iam-actor.ts';

export interface PutUserBoundaryInput {
  readonly actor: IamActor;
  readonly name: string;
  /** Of the account's managed policies; null: no limit any more. */
  readonly policyId: SequenceId | null;
}

/** Sets what a user may have at most. Throws AccessDenied, NoSuchEntity. */
export async function putUserBoundary(tx: WriteTx, { actor, name, policyId }: PutUserBoundaryInput): Promise<UserId> {
  const user = await requireChangeableUser(tx, await requireIamActor(tx, actor), name);
  await setIamColumns(tx, user.id, { ...user, boundary_policy_id: policyId });
  return user.id;
}
