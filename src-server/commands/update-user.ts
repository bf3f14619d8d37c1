import { type IamUserRow, updateUser as updateRow } from '../db/tables/iam-user.ts';
import { deletePasswordLink } from '../db/tables/password-link.ts';
import { deleteSessionsOf } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';
import { keepAnAdmin, requireAdmin, requireManaged, requireOther } from './support/people.ts';

export interface UpdateUserInput {
  readonly actorId: UserId;
  readonly name: string;
  /** Undefined fields stay as they are. */
  readonly displayName: string | null | undefined;
  readonly email: string | null | undefined;
  readonly role: 'admin' | 'user' | 'readonly' | 'none' | undefined;
  readonly state: 'active' | 'disabled' | undefined;
}

/**
 * Changes a user whom the actor manages; answers who that is. Role and state are never one's own. Who is disabled loses sessions
 * and links with this commit, and keys are refused from then on. Throws AccessDenied, NoSuchEntity, DeleteConflict for the
 * last admin.
 */
export async function updateUser(tx: WriteTx, input: UpdateUserInput): Promise<UserId> {
  const actor = await requireAdmin(tx, input.actorId);
  const changesPower = input.role !== undefined || input.state !== undefined;
  const stands = await (changesPower ? requireOther : requireManaged)(tx, actor, input.name);
  const changed: IamUserRow = {
    ...stands,
    display_name: input.displayName === undefined ? stands.display_name : input.displayName,
    email: input.email === undefined ? stands.email : input.email,
    role: input.role ?? stands.role,
    state: input.state ?? stands.state,
  };
  await updateRow(tx, changed);
  if (changed.state === 'disabled') {
    await deleteSessionsOf(tx, stands.id);
    await deletePasswordLink(tx, stands.id);
  }
  await keepAnAdmin(tx, stands);
  return stands.id;
}
