import { listAttachedPolicies } from '../db/tables/attached-policy.ts';
import { deleteRoleRow } from '../db/tables/iam-role.ts';
import { listInlinePolicies } from '../db/tables/inline-policy.ts';
import { deleteSessionsOfRole } from '../db/tables/sts-session.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { type IamScope, requireRole } from './support/iam-scope.ts';

export interface DeleteIamRoleInput {
  readonly scope: IamScope;
  readonly name: string;
}

/** Removes a role that carries no policy, and with it ends its sessions. Throws NoSuchEntity, DeleteConflict. */
export async function deleteIamRole(tx: WriteTx, input: DeleteIamRoleInput): Promise<void> {
  const { id } = await requireRole(tx, input.scope, input.name);
  const holder = { kind: 'role', id } as const;
  if ((await listAttachedPolicies(tx, holder)).length > 0)
    throw new Failure('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
  if ((await listInlinePolicies(tx, holder)).length > 0)
    throw new Failure('DeleteConflict', 'Cannot delete entity, must delete policies first.');
  await deleteSessionsOfRole(tx, id);
  await deleteRoleRow(tx, id);
}
