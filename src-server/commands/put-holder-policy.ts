import { listInlinePolicies, putInlinePolicy } from '../db/tables/inline-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { MAX_INLINE_POLICIES, policyTooLarge, policyWeight } from '../domain/iam-rules.ts';
import { type IamActor, requireHolder, requireIamActor } from './support/iam-actor.ts';

/** A user or group of the actor's account, by name. */
export interface NamedHolder {
  readonly kind: 'user' | 'group';
  readonly name: string;
}

export interface PutHolderPolicyInput {
  readonly actor: IamActor;
  readonly holder: NamedHolder;
  readonly policyName: string;
  /** Found to be a policy. */
  readonly document: string;
}

/** Adds or replaces an inline policy of a user or group. Throws AccessDenied, NoSuchEntity, LimitExceeded. */
export async function putHolderPolicy(tx: WriteTx, input: PutHolderPolicyInput): Promise<void> {
  const { holder, policyName, document } = input;
  const ref = await requireHolder(tx, await requireIamActor(tx, input.actor), holder);
  const others = (await listInlinePolicies(tx, ref)).filter(({ name }) => name !== policyName);
  const weight = others.reduce((sum, other) => sum + policyWeight(other.document), policyWeight(document));
  const limit = MAX_INLINE_POLICIES[holder.kind];
  if (weight > limit) throw policyTooLarge(limit);
  await putInlinePolicy(tx, ref, { name: policyName, document });
}
