import type { SequenceId } from '../../domain/ids.ts';
import type { PolicyHolder } from '../../domain/policy-holder.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** Who carries a policy. */
export interface HolderRef {
  readonly kind: PolicyHolder;
  readonly id: SequenceId;
}

export interface InlinePolicyRow {
  readonly name: string;
  readonly document: string;
}

/** The inline policies of a user, group or role, by name. */
export async function listInlinePolicies(tx: ReadTx, { kind, id }: HolderRef): Promise<InlinePolicyRow[]> {
  return tx.all<InlinePolicyRow>(
    'SELECT name, document FROM inline_policy WHERE holder_kind = ? AND holder_id = ? ORDER BY name',
    kind,
    id,
  );
}

/** The inline policy of this name. */
export async function findInlinePolicy(
  tx: ReadTx,
  { kind, id }: HolderRef,
  name: string,
): Promise<InlinePolicyRow | undefined> {
  return tx.get<InlinePolicyRow>(
    'SELECT name, document FROM inline_policy WHERE holder_kind = ? AND holder_id = ? AND name = ?',
    kind,
    id,
    name,
  );
}

/** Adds an inline policy, or replaces the one of its name. */
export async function putInlinePolicy(
  tx: WriteTx,
  holder: HolderRef,
  { name, document }: InlinePolicyRow,
): Promise<void> {
  await deleteInlinePolicy(tx, holder, name);
  await tx.run(
    'INSERT INTO inline_policy (holder_kind, holder_id, name, document) VALUES (?, ?, ?, ?)',
    holder.kind,
    holder.id,
    name,
    document,
  );
}

/** Removes an inline policy; answers how many went. */
export async function deleteInlinePolicy(tx: WriteTx, { kind, id }: HolderRef, name: string): Promise<number> {
  return tx.run('DELETE FROM inline_policy WHERE holder_kind = ? AND holder_id = ? AND name = ?', kind, id, name);
}

/** Removes every inline policy of who goes. */
export async function deleteInlinePoliciesOf(tx: WriteTx, { kind, id }: HolderRef): Promise<void> {
  await tx.run('DELETE FROM inline_policy WHERE holder_kind = ? AND holder_id = ?', kind, id);
}
