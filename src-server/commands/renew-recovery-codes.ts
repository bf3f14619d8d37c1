import { replaceRecoveryCodes } from '../db/tables/second-factor.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';
import { type FactorProof, spendProof } from './support/second-factor.ts';

export interface RenewRecoveryCodesInput {
  readonly userId: UserId;
  readonly proof: FactorProof;
  readonly codeHashes: readonly Uint8Array[];
}

/** Gives a user new recovery codes; the old ones end. False where the proof does not hold. */
export async function renewRecoveryCodes(tx: WriteTx, input: RenewRecoveryCodesInput): Promise<boolean> {
  if (!(await spendProof(tx, input.userId, input.proof))) return false;
  await replaceRecoveryCodes(tx, input.userId, input.codeHashes);
  return true;
}
