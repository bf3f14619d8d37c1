import { findPolicyIdByArn, findPolicyIdByName } from '../../db/tables/boundary-policy.ts';
import { attachPolicy, isAttached } from '../../db/tables/iam-holdings.ts';
import { findUserById } from '../../db/tables/iam-user.ts';
import { findInlinePolicy, putInlinePolicy } from '../../db/tables/inline-policy.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { UserId } from '../../domain/ids.ts';
import { contradiction } from './contradiction.ts';

/** An inline policy, found to be one, or the name or ARN of a managed one. */
export type WantedPolicy =
  | { readonly kind: 'inline'; readonly name: string; readonly document: string }
  | { readonly kind: 'managed'; readonly policy: string };

/** Attaches policies to a user, those that stand already left alone. Throws where a managed one does not exist. */
export async function provisionPolicies(
  tx: WriteTx,
  userId: UserId,
  policies: readonly WantedPolicy[],
  path: string,
): Promise<void> {
  const holder = { kind: 'user', id: userId } as const;
  for (const [index, wanted] of policies.entries()) {
    if (wanted.kind === 'inline') {
      const stands = await findInlinePolicy(tx, holder, wanted.name);
      if (stands?.document !== wanted.document) await putInlinePolicy(tx, holder, wanted);
      continue;
    }
    const accountId = (await findUserById(tx, userId))?.account_id ?? '';
    const find = wanted.policy.startsWith('arn:') ? findPolicyIdByArn : findPolicyIdByName;
    const policyId = await find(tx, accountId, wanted.policy);
    if (policyId === undefined) throw contradiction(`${path}[${index}]`, 'there is no such policy');
    if (!(await isAttached(tx, holder, policyId))) await attachPolicy(tx, holder, policyId);
  }
}
