import { updateUser } from '../db/tables/iam-user.ts';
import { deletePasswordLink } from '../db/tables/password-link.ts';
import { deleteSessionsOf } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { UserId } from '../domain/ids.ts';
import { type IamActor, requireChangeableUser, requireIamActor } from './support/iam-actor.ts';
import { keepAnAdmin } from './support/people.ts';

export interface PutLoginProfileInput {
  readonly actor: IamActor;
  readonly name: string;
  /** `create` where there is no password yet, `change` where there is one, `remove` without a hash. */
  readonly kind: 'create' | 'change' | 'remove';
  readonly passwordHash: string | null;
}

/**
 * Gives a user a password for the console, or takes it away; who is signed in with the old one is out. Throws AccessDenied, NoSuchEntity,
 * EntityAlreadyExists, DeleteConflict for the last admin's.
 */
export async function putLoginProfile(tx: WriteTx, input: PutLoginProfileInput): Promise<UserId> {
  const user = await requireChangeableUser(tx, await requireIamActor(tx, input.actor), input.name);
  const has = user.password_hash !== null;
  if (input.kind === 'create' && has) {
    throw new Failure('EntityAlreadyExists', `Login Profile for user ${user.name} already exists.`);
  }
  if (input.kind !== 'create' && !has) throw noLoginProfile(user.name);
  await updateUser(tx, { ...user, password_hash: input.kind === 'remove' ? null : input.passwordHash });
  await deleteSessionsOf(tx, user.id);
  await deletePasswordLink(tx, user.id);
  await keepAnAdmin(tx, user);
  return user.id;
}

export function noLoginProfile(name: string): Failure {
  return new Failure('NoSuchEntity', `Login Profile for User ${name} cannot be found.`);
}
