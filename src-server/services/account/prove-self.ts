import type { FactorProof } from '../../commands/support/second-factor.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { findFactorInUse, proofOf } from '../second-factor/prove.ts';
import { checkPassword, forgiveTries, takeCodeTry } from '../sessions/sign-in.ts';

/** Wrong in whatever of it; `wait`: too many tries, those to sign in counted. */
export type NotProven = { readonly kind: 'wrong' } | { readonly kind: 'wait'; readonly waitMs: number };

/** Whoever sits at an open session may be somebody else: asks for the password again. Answers the hash it was verified against. */
export async function provePassword(
  context: ServiceContext,
  caller: UserIdentity,
  given: { readonly password: string; readonly address: string },
): Promise<{ readonly kind: 'proven'; readonly hash: string } | NotProven> {
  const outcome = await checkPassword(context, { name: caller.name, ...given });
  if (outcome.kind === 'wait') return outcome;
  if (outcome.kind === 'wrong-credentials') return { kind: 'wrong' };
  forgiveTries(context, caller.name, given.address);
  return { kind: 'proven', hash: outcome.hash };
}

/** As `provePassword`, and a code of the second factor that is on. */
export async function proveBoth(
  context: ServiceContext,
  caller: UserIdentity,
  given: { readonly password: string; readonly code: string; readonly address: string },
): Promise<{ readonly kind: 'proven'; readonly proof: FactorProof } | NotProven> {
  const password = await provePassword(context, caller, given);
  if (password.kind !== 'proven') return password;
  const waitMs = takeCodeTry(context, caller.name);
  if (waitMs > 0) return { kind: 'wait', waitMs };
  const factor = await findFactorInUse(context, caller.userId);
  const proof = factor && proofOf(context, factor, given.code);
  return proof === undefined ? { kind: 'wrong' } : { kind: 'proven', proof };
}
