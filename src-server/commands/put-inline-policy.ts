import { listInlinePolicies, putInlinePolicy as putRow } from '../db/tables/inline-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { MAX_INLINE_POLICIES, policyTooLarge, policyWeight } from '../domain/iam-rules.ts';
import { type HolderName, type IamScope, requireHolder } from './support/iam-scope.ts';

export interface PutInlinePolicyInput {
  readonly scope: IamScope;
  readonly holder: HolderName;
  readonly policyName: string;
  /** Was read: it is a policy. */
  readonly document: string;
}

/** Puts an inline policy on a user, group or role, in place of the one of its name. Throws NoSuchEntity, LimitExceeded for all of them together. */
export async function putInlinePolicy(tx: WriteTx, input: PutInlinePolicyInput): Promise<void> {
  const holder = await requireHolder(tx, input.scope, input.holder);
  const others = (await listInlinePolicies(tx, holder)).filter(({ name }) => name !== input.policyName);
  const weight = [...others, input].reduce((sum, { document }) => sum + policyWeight(document), 0);
  const limit = MAX_INLINE_POLICIES[holder.kind];
  if (weight > limit) throw policyTooLarge(limit);
  await putRow(tx, holder, { name: input.policyName, document: input.document });
}
