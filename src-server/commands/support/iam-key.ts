import { type AccessKeyRow, findAccessKey } from '../../db/tables/access-key.ts';
import type { WriteTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { UserId } from '../../domain/ids.ts';
import { requireChangeableUser, requireIamActor } from './iam-actor.ts';
import { requireActor, requireKey } from './people.ts';

export interface KeyChange {
  readonly actorId: UserId;
  readonly accessKeyId: string;
  readonly iam?: { readonly isRoleSession: boolean; readonly userName: string };
}

/**
 * A key that is to be changed: of whom the actor manages, or, by IAM's API, of the user that was named. Throws AccessDenied; NoSuchEntity for
 * every other one, absent or not.
 */
export async function requireChangeableKey(
  tx: WriteTx,
  { actorId, accessKeyId, iam }: KeyChange,
): Promise<AccessKeyRow> {
  if (iam === undefined) return requireKey(tx, await requireActor(tx, actorId), accessKeyId);
  const actor = await requireIamActor(tx, { userId: actorId, isRoleSession: iam.isRoleSession });
  const user = await requireChangeableUser(tx, actor, iam.userName);
  const key = await findAccessKey(tx, accessKeyId);
  if (key?.user_id === user.id) return key;
  throw noSuchKey(accessKeyId);
}

export function noSuchKey(accessKeyId: string): Failure {
  return new Failure('NoSuchEntity', `The Access Key with id ${accessKeyId} cannot be found.`);
}
