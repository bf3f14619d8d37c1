import { createHmac, randomBytes } from 'node:crypto';
import type { ShareRow } from '../../db/tables/share.ts';
import { isSameSecret } from '../../platform/same-secret.ts';
import { verifyPassword } from '../access/password.ts';
import type { Catalogue, ServiceContext } from '../context.ts';
import { SignInLimiter } from '../sessions/sign-in-limiter.ts';
import { noteUse, type ShareVisitor } from './share-use.ts';

export type PasswordOutcome =
  /** `proof` goes into a cookie and opens the link for twelve hours. */
  | { readonly kind: 'right'; readonly proof: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly waitMs: number };

export const PROOF_LIFE_MS = 12 * 3_600_000;
/** Each verification takes 64 MiB while it runs. */
const MAX_VERIFICATIONS = 8;
const BUSY_WAIT_MS = 1000;
/** Of this process: a restart asks for passwords again. */
const PROOF_KEY = randomBytes(32);

const limiters = new WeakMap<Catalogue, SignInLimiter>();
let verifications = 0;

/** Does this proof, from a cookie, open the link? A link without a password is open; a changed password asks again. */
export function isUnlocked(context: ServiceContext, share: ShareRow, proof: string | undefined): boolean {
  if (share.password_hash === null) return true;
  const untilMs = Number(proof?.split('.')[0]);
  if (proof === undefined || !(untilMs > context.now())) return false;
  return isSameSecret(proof, proofOf(share, untilMs));
}

/** Tries a password, limited as sign-ins are: by link and by address. */
export async function tryPassword(
  context: ServiceContext,
  share: ShareRow,
  password: string,
  visitor: ShareVisitor,
): Promise<PasswordOutcome> {
  if (verifications >= MAX_VERIFICATIONS) return { kind: 'wait', waitMs: BUSY_WAIT_MS };
  let limiter = limiters.get(context.catalogue);
  if (limiter === undefined) {
    limiter = new SignInLimiter();
    limiters.set(context.catalogue, limiter);
  }
  const waitMs = limiter.take(share.id, visitor.address, context.now());
  if (waitMs > 0) return { kind: 'wait', waitMs };
  if (!(await verifyOne(share.password_hash ?? '', password))) {
    await noteUse(context, share, 'refused', visitor);
    return { kind: 'wrong' };
  }
  limiter.succeed(share.id, visitor.address);
  return { kind: 'right', proof: proofOf(share, context.now() + PROOF_LIFE_MS) };
}

async function verifyOne(hash: string, password: string): Promise<boolean> {
  verifications += 1;
  try {
    return await verifyPassword(hash, password);
  } finally {
    verifications -= 1;
  }
}

function proofOf({ id, password_hash }: ShareRow, untilMs: number): string {
  const mac = createHmac('sha256', PROOF_KEY).update(`${id} ${password_hash} ${untilMs}`).digest('base64url');
  return `${untilMs}.${mac}`;
}
