import { deleteAccessKeysOf } from '../db/tables/access-key.ts';
import type { IamUserRow } from '../db/tables/iam-user.ts';
import { deletePasswordLink } from '../db/tables/password-link.ts';
import { deleteUserRow, handBucketsOver, listOwnedBuckets } from '../db/tables/person.ts';
import { deleteSecondFactor } from '../db/tables/second-factor.ts';
import { deleteSessionsOf } from '../db/tables/session.ts';
import { recountTenant } from '../db/tables/tenant-usage.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { UserId } from '../domain/ids.ts';
import { keepAnAdmin, requireAdmin, requireManaged, requireOther } from './support/people.ts';

export interface DeleteUserInput {
  readonly actorId: UserId;
  readonly name: string;
  /** Who is given their buckets. */
  readonly heirName: string | undefined;
}

/**
 * Removes a user with keys, sessions and second factor; their buckets go to the heir. Throws AccessDenied, NoSuchEntity;
 * DeleteConflict for the last admin, and for who owns buckets where nobody is named to have them; InvalidArgument for an heir
 * who could not use them.
 */
export async function deleteUser(tx: WriteTx, input: DeleteUserInput): Promise<UserId> {
  const actor = await requireAdmin(tx, input.actorId);
  const user = await requireOther(tx, actor, input.name);
  const ownsBuckets = (await listOwnedBuckets(tx, user.id, 1)).length > 0;
  if (input.heirName !== undefined) {
    const heir = await requireHeir(tx, actor, user, input.heirName);
    await handBucketsOver(tx, user.id, heir.id);
    // Their bytes go along.
    const tenants = heir.tenant_id === user.tenant_id ? [] : [user.tenant_id, heir.tenant_id];
    for (const tenantId of tenants) if (tenantId !== null) await recountTenant(tx, tenantId);
  } else if (ownsBuckets) {
    throw new Failure('DeleteConflict', 'this user owns buckets; name who shall have them');
  }
  await deleteSessionsOf(tx, user.id);
  await deleteAccessKeysOf(tx, user.id);
  await deleteSecondFactor(tx, user.id);
  await deletePasswordLink(tx, user.id);
  await deleteUserRow(tx, user.id);
  await keepAnAdmin(tx, user);
  return user.id;
}

async function requireHeir(tx: WriteTx, actor: IamUserRow, user: IamUserRow, name: string): Promise<IamUserRow> {
  const heir = actor.name === name ? actor : await requireManaged(tx, actor, name);
  const canOwn = heir.id !== user.id && heir.state === 'active' && heir.role !== 'readonly' && heir.role !== 'none';
  if (!canOwn) throw new Failure('InvalidArgument', 'this user cannot have the buckets');
  return heir;
}
