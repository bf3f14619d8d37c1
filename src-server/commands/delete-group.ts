import { deleteGroupRow, listMembers } from '../db/tables/iam-group.ts';
import { hasAttachedPolicy } from '../db/tables/iam-holdings.ts';
import { listInlinePolicies } from '../db/tables/inline-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { type IamActor, requireGroup, requireIamActor } from './support/iam-actor.ts';

/** Removes an empty group without policies, as on AWS. Throws AccessDenied, NoSuchEntity, DeleteConflict. */
export async function deleteGroup(
  tx: WriteTx,
  { actor, name }: { readonly actor: IamActor; readonly name: string },
): Promise<void> {
  const group = await requireGroup(tx, await requireIamActor(tx, actor), name);
  const holder = { kind: 'group', id: group.id } as const;
  const conflict = (first: string) => new Failure('DeleteConflict', `Cannot delete entity, must ${first} first.`);
  if ((await listMembers(tx, group.id)).length > 0) throw conflict('remove users from group');
  if (await hasAttachedPolicy(tx, holder)) throw conflict('detach all policies');
  if ((await listInlinePolicies(tx, holder)).length > 0) throw conflict('delete policies');
  await deleteGroupRow(tx, group.id);
}
