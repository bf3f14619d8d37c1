import { requireRole } from '../../commands/support/iam-scope.ts';
import type { IamRoleRow } from '../../db/tables/iam-role.ts';
import { findManagedPolicyById, type ManagedPolicyRow } from '../../db/tables/managed-policy.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeOnHolder, type IamCaller, scopeOf } from './iam-scope.ts';

export interface FoundRole {
  readonly role: IamRoleRow;
  readonly boundary: ManagedPolicyRow | undefined;
}

/** What asks for a role: each needs its own permission. */
export type RoleReading = 'GetRole' | 'ListRoleTags';

/** A role of the caller's account. Throws AccessDenied, NoSuchEntity. */
export async function findRole(
  context: ServiceContext,
  caller: IamCaller,
  action: RoleReading,
  name: string,
): Promise<FoundRole> {
  await authorizeOnHolder(context, caller, `iam:${action}`, { kind: 'role', name });
  return readRole(context, caller, name);
}

/** As `findRole`, for who was asked about already. Throws NoSuchEntity. */
export async function readRole(context: ServiceContext, caller: IamCaller, name: string): Promise<FoundRole> {
  return context.catalogue.read(async (tx) => {
    const role = await requireRole(tx, scopeOf(caller), name);
    const { boundary_policy_id: boundaryId } = role;
    return { role, boundary: boundaryId === null ? undefined : await findManagedPolicyById(tx, boundaryId) };
  });
}
