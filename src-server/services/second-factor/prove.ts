import type { FactorProof } from '../../commands/support/second-factor.ts';
import { findSecondFactor, type SecondFactorRow } from '../../db/tables/second-factor.ts';
import type { UserId } from '../../domain/ids.ts';
import { WrongMasterKey } from '../../storage/key-ring.ts';
import type { ServiceContext } from '../context.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import { stepOfCode } from './totp.ts';

/** What a TOTP secret's seal is bound to. No access key can have this id: a colon is not allowed in one. */
export function sealContextOf(userId: UserId): string {
  return `totp:${userId}`;
}

/**
 * What the seal of an imported secret is bound to: a name, since the import seals before the user may have an id. Names never
 * change and are one user's at a time.
 */
export function importedSealContextOf(userName: string): string {
  return `totp-of:${userName}`;
}

/** The second factor that is on for a user; undefined where none is. */
export async function findFactorInUse(context: ServiceContext, userId: UserId): Promise<SecondFactorRow | undefined> {
  const factor = await context.catalogue.read((tx) => findSecondFactor(tx, userId));
  return factor?.state === 'on' ? factor : undefined;
}

/**
 * What a typed code proves, a code of the app or a recovery code; undefined for a wrong one. A recovery code is only hashed here:
 * whether it is one of the user's, and whether either was used before, the command decides that takes the proof.
 */
export function proofOf(context: ServiceContext, factor: SecondFactorRow, typed: string): FactorProof | undefined {
  const plain = typed.replaceAll(/[\s-]/g, '');
  const userId = factor.user_id;
  if (/^\d{6}$/.test(plain)) {
    const secret = openTotpSecret(context, factor);
    const step = secret && stepOfCode(secret, plain, context.now());
    return step === undefined ? undefined : { kind: 'totp', step, verifiedSecret: factor.sealed_secret };
  }
  const codeHash = hashRecoveryCode(userId, plain);
  return codeHash && { kind: 'recovery', codeHash };
}

/** The secret; undefined where another install's master key sealed it: then no code of the app is right. */
export function openTotpSecret(context: ServiceContext, factor: SecondFactorRow): Buffer | undefined {
  for (const seal of [sealContextOf(factor.user_id), importedSealContextOf(factor.user_name)]) {
    try {
      return Buffer.from(context.keys.openSecret(factor.sealed_secret, seal), 'base64');
    } catch (error) {
      if (!(error instanceof WrongMasterKey)) throw error;
    }
  }
  context.log.error({ userId: factor.user_id }, 'a second factor cannot be opened with this master key');
  return undefined;
}
