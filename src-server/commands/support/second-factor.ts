import { findSecondFactor, spendRecoveryCode, spendStep } from '../../db/tables/second-factor.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { UserId } from '../../domain/ids.ts';

/** What the caller verified: a code of a time step, or (not verified yet, only hashed) a recovery code. */
export type FactorProof =
  | { readonly kind: 'totp'; readonly step: number; readonly verifiedSecret: Uint8Array }
  | { readonly kind: 'recovery'; readonly codeHash: Uint8Array };

/**
 * Takes the proof of a second factor that is on, so that nobody uses it again; of two that race, one wins. False where it was
 * used before, or the factor is another one by now.
 */
export async function spendProof(tx: WriteTx, userId: UserId, proof: FactorProof): Promise<boolean> {
  const factor = await findSecondFactor(tx, userId);
  if (factor?.state !== 'on') return false;
  if (proof.kind === 'recovery') return spendRecoveryCode(tx, userId, proof.codeHash);
  return factor.sealed_secret.equals(proof.verifiedSecret) && (await spendStep(tx, userId, proof.step));
}

/** May a session be opened with this proof, or without one? Takes the proof. */
export async function passesSecondFactor(tx: WriteTx, userId: UserId, proof: FactorProof | null): Promise<boolean> {
  if (proof !== null) return spendProof(tx, userId, proof);
  return (await findSecondFactor(tx, userId))?.state !== 'on';
}
