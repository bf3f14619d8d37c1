import { findActingUser } from '../../db/tables/iam-user.ts';
import { Failure } from '../../domain/failure.ts';
import type { UserId } from '../../domain/ids.ts';
import { identityOf } from '../access/user-identity.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

/**
 * Who an operation acts for, with the rights of now: the user signed in when it was asked for, and that is written down with it.
 * Throws AccessDenied where the user is gone or disabled by now, or their tenant suspended.
 */
export async function actingIdentity(context: ServiceContext, userId: UserId): Promise<UserIdentity & Identity> {
  const user = await context.catalogue.read((tx) => findActingUser(tx, userId));
  if (user === undefined) throw new Failure('AccessDenied');
  // Minted for background work only, from the row that an authenticated request left.
  return identityOf(user, null) as UserIdentity & Identity;
}
