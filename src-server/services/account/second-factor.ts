import { randomBytes } from 'node:crypto';
import { findSecondFactor } from '../../db/tables/second-factor.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from '../people/announce-people.ts';
import { openTotpSecret, sealContextOf } from '../second-factor/prove.ts';
import { newRecoveryCodes } from '../second-factor/recovery-codes.ts';
import { otpauthUri, stepOfCode, TOTP_SECRET_BYTES, toTotpText } from '../second-factor/totp.ts';
import { forgiveCodeTries, takeCodeTry } from '../sessions/sign-in.ts';
import { type NotProven, proveBoth, provePassword } from './prove-self.ts';

const ISSUER = 'Stowage';

interface Given {
  readonly password: string;
  readonly address: string;
}

/** Recovery codes are shown this once. */
export type CodesOutcome = { readonly kind: 'codes'; readonly recoveryCodes: readonly string[] } | NotProven;

/**
 * Makes a secret for the authenticator app, which counts once a code of it was given. Throws EntityAlreadyExists where a
 * second factor is on.
 */
export async function beginSecondFactor(
  context: ServiceContext,
  caller: UserIdentity,
  given: Given,
): Promise<{ readonly kind: 'begun'; readonly secret: string; readonly uri: string } | NotProven> {
  const proven = await provePassword(context, caller, given);
  if (proven.kind !== 'proven') return proven;
  const secret = randomBytes(TOTP_SECRET_BYTES);
  const sealedSecret = context.keys.sealSecret(secret.toString('base64'), sealContextOf(caller.userId));
  await context.engine.submit('begin-second-factor', { userId: caller.userId, sealedSecret, nowMs: context.now() });
  return { kind: 'begun', secret: toTotpText(secret), uri: otpauthUri(ISSUER, caller.name, secret) };
}

/** Turns the pending second factor on with a code of the app; answers the recovery codes. */
export async function confirmSecondFactor(
  context: ServiceContext,
  caller: UserIdentity,
  code: string,
): Promise<CodesOutcome> {
  const { userId } = caller;
  const waitMs = takeCodeTry(context, caller.name);
  if (waitMs > 0) return { kind: 'wait', waitMs };
  const factor = await context.catalogue.read((tx) => findSecondFactor(tx, userId));
  const secret = factor?.state === 'pending' ? openTotpSecret(context, factor) : undefined;
  const step = secret && stepOfCode(secret, code.replaceAll(/[\s-]/g, ''), context.now());
  if (factor === undefined || step === undefined) return { kind: 'wrong' };
  const { codes, hashes } = newRecoveryCodes(userId);
  const input = { userId, verifiedSecret: factor.sealed_secret, step, codeHashes: hashes };
  if (!(await context.engine.submit('confirm-second-factor', input))) return { kind: 'wrong' };
  forgiveCodeTries(context, caller.name);
  announcePeople(context, userId);
  return { kind: 'codes', recoveryCodes: codes };
}

/** Ten new recovery codes; the old ones end. */
export async function renewRecoveryCodes(
  context: ServiceContext,
  caller: UserIdentity,
  given: Given & { readonly code: string },
): Promise<CodesOutcome> {
  const proven = await proveBoth(context, caller, given);
  if (proven.kind !== 'proven') return proven;
  const { userId } = caller;
  const { codes, hashes } = newRecoveryCodes(userId);
  const input = { userId, proof: proven.proof, codeHashes: hashes };
  if (!(await context.engine.submit('renew-recovery-codes', input))) return { kind: 'wrong' };
  forgiveCodeTries(context, caller.name);
  announcePeople(context, userId);
  return { kind: 'codes', recoveryCodes: codes };
}

/** Turns one's own second factor off. */
export async function endSecondFactor(
  context: ServiceContext,
  caller: UserIdentity,
  given: Given & { readonly code: string },
): Promise<{ readonly kind: 'ended' } | NotProven> {
  const proven = await proveBoth(context, caller, given);
  if (proven.kind !== 'proven') return proven;
  const { userId } = caller;
  if (!(await context.engine.submit('end-second-factor', { userId, proof: proven.proof }))) return { kind: 'wrong' };
  forgiveCodeTries(context, caller.name);
  announcePeople(context, userId);
  return { kind: 'ended' };
}
