import { deleteInlinePolicy as deleteRow } from '../db/tables/inline-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { type HolderName, type IamScope, noSuchInlinePolicy, requireHolder } from './support/iam-scope.ts';

export interface DeleteInlinePolicyInput {
  readonly scope: IamScope;
  readonly holder: HolderName;
  readonly policyName: string;
}

/** Takes an inline policy off a user, group or role. Throws NoSuchEntity. */
export async function deleteInlinePolicy(tx: WriteTx, input: DeleteInlinePolicyInput): Promise<void> {
  const holder = await requireHolder(tx, input.scope, input.holder);
  if ((await deleteRow(tx, holder, input.policyName)) === 0) throw noSuchInlinePolicy(holder.kind, input.policyName);
}
