import { requireHolder } from '../../commands/support/iam-scope.ts';
import { type InlinePolicyRow, listInlinePolicies as listRows } from '../../db/tables/inline-policy.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeOnHolder, type HolderName, type IamCaller, kindWord, scopeOf } from './iam-scope.ts';

/** The inline policies of a user, group or role, by name. Throws AccessDenied, NoSuchEntity. */
export async function listInlinePolicies(
  context: ServiceContext,
  caller: IamCaller,
  holder: HolderName,
): Promise<InlinePolicyRow[]> {
  await authorizeOnHolder(context, caller, `iam:List${kindWord(holder.kind)}Policies`, holder);
  return context.catalogue.read(async (tx) => listRows(tx, await requireHolder(tx, scopeOf(caller), holder)));
}
