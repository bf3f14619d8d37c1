import { noSuchInlinePolicy, requireHolder } from '../../commands/support/iam-scope.ts';
import { findInlinePolicy as findRow, type InlinePolicyRow } from '../../db/tables/inline-policy.ts';
import type { ServiceContext } from '../context.ts';
import { authorizeOnHolder, type HolderName, type IamCaller, kindWord, scopeOf } from './iam-scope.ts';

/** One inline policy of a user, group or role. Throws AccessDenied, NoSuchEntity. */
export async function findInlinePolicy(
  context: ServiceContext,
  caller: IamCaller,
  holder: HolderName,
  policyName: string,
): Promise<InlinePolicyRow> {
  await authorizeOnHolder(context, caller, `iam:Get${kindWord(holder.kind)}Policy`, holder);
  const policy = await context.catalogue.read(async (tx) =>
    findRow(tx, await requireHolder(tx, scopeOf(caller), holder), policyName),
  );
  if (policy === undefined) throw noSuchInlinePolicy(holder.kind, policyName);
  return policy;
}
