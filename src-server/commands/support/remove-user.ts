import { deleteAccessKeysOf } from '../../db/tables/access-key.ts';
import { deleteMembershipsOf } from '../../db/tables/iam-group.ts';
import { deleteStsSessionsOf, detachPoliciesOf, ownsRoles } from '../../db/tables/iam-holdings.ts';
import { holdsAccountOfOthers, type IamUserRow } from '../../db/tables/iam-user.ts';
import { deleteInlinePoliciesOf } from '../../db/tables/inline-policy.ts';
import { deletePasswordLink } from '../../db/tables/password-link.ts';
import { deleteUserRow, listOwnedBuckets } from '../../db/tables/person.ts';
import { deleteSecondFactor } from '../../db/tables/second-factor.ts';
import { deleteSessionsOf } from '../../db/tables/session.ts';
import type { WriteTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';

/** Throws DeleteConflict for who owns what needs an owner: buckets, roles, an account with other users in it. */
export async function requireNothingOwned(tx: WriteTx, { id }: IamUserRow): Promise<void> {
  if ((await listOwnedBuckets(tx, id, 1)).length > 0) {
    throw new Failure('DeleteConflict', 'this user owns buckets; name who shall have them');
  }
  if (await ownsRoles(tx, id)) throw new Failure('DeleteConflict', 'this user made roles; delete those first');
  if (await holdsAccountOfOthers(tx, id)) {
    throw new Failure('DeleteConflict', 'other users are in the account of this one; delete those first');
  }
}

/** Removes a user who owns nothing, with keys, sessions, policies, memberships and second factor. */
export async function removeUser(tx: WriteTx, { id }: IamUserRow): Promise<void> {
  await deleteSessionsOf(tx, id);
  await deleteStsSessionsOf(tx, id);
  await deleteAccessKeysOf(tx, id);
  await deleteSecondFactor(tx, id);
  await deletePasswordLink(tx, id);
  await deleteMembershipsOf(tx, id);
  await deleteInlinePoliciesOf(tx, { kind: 'user', id });
  await detachPoliciesOf(tx, { kind: 'user', id });
  await deleteUserRow(tx, id);
}
