import { deleteSecondFactor } from '../db/tables/second-factor.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';
import { requireAdmin, requireOther } from './support/people.ts';

export interface ResetSecondFactorInput {
  readonly actorId: UserId;
  readonly name: string;
}

/** Takes the second factor from somebody who lost it. Throws AccessDenied, NoSuchEntity. */
export async function resetSecondFactor(tx: WriteTx, { actorId, name }: ResetSecondFactorInput): Promise<UserId> {
  const user = await requireOther(tx, await requireAdmin(tx, actorId), name);
  await deleteSecondFactor(tx, user.id);
  return user.id;
}
