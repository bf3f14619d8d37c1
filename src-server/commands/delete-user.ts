import type { IamUserRow } from '../db/tables/iam-user.ts';
import { handBucketsOver } from '../db/tables/person.ts';
import { recountTenant } from '../db/tables/tenant-usage.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { UserId } from '../domain/ids.ts';
import { keepAnAdmin, requireAdmin, requireManaged, requireOther } from './support/people.ts';
import { removeUser, requireNothingOwned } from './support/remove-user.ts';

export interface DeleteUserInput {
  readonly actorId: UserId;
  readonly name: string;
  /** Who is given their buckets. */
  readonly heirName: string | undefined;
}

/**
 * Removes a user with keys, sessions, policies and second factor; their buckets go to the heir. Throws AccessDenied, NoSuchEntity;
 * DeleteConflict for the last admin, and for who owns buckets where nobody is named to have them, made roles or has others in the account; InvalidArgument for an heir
 * who could not use them.
 */
export async function deleteUser(tx: WriteTx, input: DeleteUserInput): Promise<UserId> {
  const actor = await requireAdmin(tx, input.actorId);
  const user = await requireOther(tx, actor, input.name);
  if (input.heirName !== undefined) {
    const heir = await requireHeir(tx, actor, user, input.heirName);
    await handBucketsOver(tx, user.id, heir.id);
    // Their bytes go along.
    const tenants = heir.tenant_id === user.tenant_id ? [] : [user.tenant_id, heir.tenant_id];
    for (const tenantId of tenants) if (tenantId !== null) await recountTenant(tx, tenantId);
  }
  await requireNothingOwned(tx, user);
  await removeUser(tx, user);
  await keepAnAdmin(tx, user);
  return user.id;
}

async function requireHeir(tx: WriteTx, actor: IamUserRow, user: IamUserRow, name: string): Promise<IamUserRow> {
  const heir = actor.name === name ? actor : await requireManaged(tx, actor, name);
  const canOwn = heir.id !== user.id && heir.state === 'active' && heir.role !== 'readonly' && heir.role !== 'none';
  if (!canOwn) throw new Failure('InvalidArgument', 'this user cannot have the buckets');
  return heir;
}
