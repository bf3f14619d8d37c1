import { findUserByName, renameUser, setIamColumns } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import { ROOT_USER_NAME } from '../domain/account.ts';
import { Failure } from '../domain/failure.ts';
import type { UserId } from '../domain/ids.ts';
import { type IamActor, requireChangeableUser, requireIamActor } from './support/iam-actor.ts';

export interface UpdateIamUserInput {
  readonly actor: IamActor;
  readonly name: string;
  /** Undefined: stays. */
  readonly newName: string | undefined;
  readonly newPath: string | undefined;
}

/** Gives a user another name or path; answers who that is. Throws AccessDenied, NoSuchEntity, EntityAlreadyExists. */
export async function updateIamUser(tx: WriteTx, input: UpdateIamUserInput): Promise<UserId> {
  const user = await requireChangeableUser(tx, await requireIamActor(tx, input.actor), input.name);
  const { newName = user.name, newPath = user.path } = input;
  if (newName !== user.name) {
    const isTaken = newName === ROOT_USER_NAME || (await findUserByName(tx, newName)) !== undefined;
    if (isTaken) throw new Failure('EntityAlreadyExists', `User with name ${newName} already exists.`);
    await renameUser(tx, user.id, newName);
  }
  if (newPath !== user.path) await setIamColumns(tx, user.id, { ...user, path: newPath });
  return user.id;
}
