import { updateUser } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';
import { requireActor } from './support/people.ts';

export interface UpdateAccountInput {
  readonly userId: UserId;
  /** Undefined fields stay as they are. */
  readonly displayName: string | null | undefined;
  readonly email: string | null | undefined;
}

/** Changes what a user may change of their own account. Throws AccessDenied where they are gone or disabled. */
export async function updateAccount(tx: WriteTx, { userId, displayName, email }: UpdateAccountInput): Promise<void> {
  const user = await requireActor(tx, userId);
  await updateUser(tx, {
    ...user,
    display_name: displayName === undefined ? user.display_name : displayName,
    email: email === undefined ? user.email : email,
  });
}
