import { findGroupByName, updateGroupRow } from '../db/tables/iam-group.ts';
import type { WriteTx } from '../db/tx.ts';
import { groupExists } from './create-group.ts';
import { type IamActor, requireGroup, requireIamActor } from './support/iam-actor.ts';

export interface UpdateGroupInput {
  readonly actor: IamActor;
  readonly name: string;
  /** Undefined: stays. */
  readonly newName: string | undefined;
  readonly newPath: string | undefined;
}

/** Gives a group another name or path. Throws AccessDenied, NoSuchEntity, EntityAlreadyExists. */
export async function updateGroup(tx: WriteTx, input: UpdateGroupInput): Promise<void> {
  const group = await requireGroup(tx, await requireIamActor(tx, input.actor), input.name);
  const { newName = group.name, newPath = group.path } = input;
  if (newName !== group.name && (await findGroupByName(tx, group.account_id, newName)) !== undefined) {
    throw groupExists(newName);
  }
  await updateGroupRow(tx, { ...group, name: newName, path: newPath });
}
