import { findSecondFactor, replaceRecoveryCodes, spendStep, turnSecondFactorOn } from '../db/tables/second-factor.ts';
import type { WriteTx } from '../db/tx.ts';
import type { UserId } from '../domain/ids.ts';

export interface ConfirmSecondFactorInput {
  readonly userId: UserId;
  /** The stored secret whose code the caller verified, and the time step of that code. */
  readonly verifiedSecret: Uint8Array;
  readonly step: number;
  readonly codeHashes: readonly Uint8Array[];
}

/** Turns a pending second factor on, with its recovery codes; false where it is another one by now. */
export async function confirmSecondFactor(tx: WriteTx, input: ConfirmSecondFactorInput): Promise<boolean> {
  const factor = await findSecondFactor(tx, input.userId);
  if (factor?.state !== 'pending' || !factor.sealed_secret.equals(input.verifiedSecret)) return false;
  if (!(await spendStep(tx, input.userId, input.step))) return false;
  await turnSecondFactorOn(tx, input.userId);
  await replaceRecoveryCodes(tx, input.userId, input.codeHashes);
  return true;
}
