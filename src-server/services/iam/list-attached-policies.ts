import { requireHolder } from '../../commands/support/iam-scope.ts';
import { listAttachedPolicies as listRows } from '../../db/tables/attached-policy.ts';
import type { ManagedPolicyRow } from '../../db/tables/managed-policy.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeOnHolder, type HolderName, type IamCaller, kindWord, scopeOf } from './iam-scope.ts';

/** The managed policies of a user, group or role, by name. Throws AccessDenied, NoSuchEntity. */
export async function listAttachedPolicies(
  context: ServiceContext,
  caller: IamCaller,
  holder: HolderName,
): Promise<ManagedPolicyRow[]> {
  await authorizeOnHolder(context, caller, `iam:ListAttached${kindWord(holder.kind)}Policies`, holder);
  return context.catalogue.read(async (tx) => listRows(tx, await requireHolder(tx, scopeOf(caller), holder)));
}
