import { setBoundary as setRow } from '../db/tables/attached-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { type IamScope, type PolicyName, requireHolder, requirePolicy } from './support/iam-scope.ts';

export interface SetBoundaryInput {
  readonly scope: IamScope;
  readonly holder: { readonly kind: 'user' | 'role'; readonly name: string };
  /** Undefined lifts it. */
  readonly policy: PolicyName | undefined;
}

/** Sets or lifts the permissions boundary of a user or role. Throws NoSuchEntity. */
export async function setBoundary(tx: WriteTx, { scope, holder, policy }: SetBoundaryInput): Promise<void> {
  const { id } = await requireHolder(tx, scope, holder);
  const boundary = policy === undefined ? undefined : await requirePolicy(tx, scope, policy);
  await setRow(tx, { kind: holder.kind, id }, boundary?.id ?? null);
}
