import { deleteSecondFactor } from '../db/tables/second-factor.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';
import { type FactorProof, spendProof } from './support/second-factor.ts';

export interface EndSecondFactorInput {
  readonly userId: UserId;
  readonly proof: FactorProof;
}

/** Turns a user's own second factor off; false where the proof does not hold. */
export async function endSecondFactor(tx: WriteTx, { userId, proof }: EndSecondFactorInput): Promise<boolean> {
  if (!(await spendProof(tx, userId, proof))) return false;
  await deleteSecondFactor(tx, userId);
  return true;
}
