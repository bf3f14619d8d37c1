import type { FactorProof } from '../../commands/support/second-factor.ts';
import { findActingUser, findUserByName, type IamUserRow } from '../../db/tables/iam-user.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { NO_PASSWORD_HASH, verifyPassword } from '../access/password.ts';
import type { Catalogue, ServiceContext } from '../context.ts';
import { findFactorInUse, proofOf } from '../second-factor/prove.ts';
import { type ActiveSession, toActiveSession } from './active-session.ts';
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from './session-rules.ts';
import { hashSessionToken, newSessionId, newSessionToken } from './session-token.ts';
import { SignInLimiter } from './sign-in-limiter.ts';

export interface SignInRequest {
  readonly name: string;
  readonly password: string;
  /** Of the second factor: from the app, or a recovery code. */
  readonly code?: string | undefined;
  /** Of the client's socket. */
  readonly address: string;
  readonly client: string;
}

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly token: string; readonly session: ActiveSession }
  | { readonly kind: 'code-needed' }
  | WrongOrWait;

type WrongOrWait = { readonly kind: 'wrong-credentials' } | { readonly kind: 'wait'; readonly waitMs: number };

interface RightPassword {
  readonly kind: 'right';
  readonly user: IamUserRow;
  /** That it was verified against. */
  readonly hash: string;
}

export type PasswordOutcome = RightPassword | WrongOrWait;

const limiters = new WeakMap<Catalogue, SignInLimiter>();
/** Each verification takes 64 MiB while it runs; four run at once. */
const MAX_VERIFICATIONS = 16;
const BUSY_WAIT_MS = 1000;
let verifications = 0;

/**
 * Opens a session for who knows the password and, where a second factor is on, gives a code. An unknown name, a user without a
 * password, a disabled one, a wrong password and a wrong code get the same answer after the same work; only who knows the
 * password learns that a code is wanted.
 */
export async function signIn(context: ServiceContext, request: SignInRequest): Promise<SignInOutcome> {
  const { name, address } = request;
  const checked = await checkPassword(context, request);
  if (checked.kind !== 'right') return checked;
  const { user } = checked;
  const limiter = limiterOf(context);
  const factor = await findFactorInUse(context, user.id);
  if (factor !== undefined && request.code === undefined) {
    limiter.giveBack(name, address);
    return { kind: 'code-needed' };
  }
  const waitMs = factor === undefined ? 0 : limiter.takeCode(name, context.now());
  if (waitMs > 0) return { kind: 'wait', waitMs };
  const proof = factor === undefined ? null : proofOf(context, factor, request.code ?? '');
  if (proof === undefined) return { kind: 'wrong-credentials' };
  const outcome = await open(context, request, checked, proof);
  if (outcome.kind !== 'signed-in') return outcome;
  limiter.succeed(name, address);
  limiter.succeedCode(name);
  context.events.publish({ kind: 'people' }, 'admins');
  context.events.publish({ kind: 'account' }, { userId: user.id });
  return outcome;
}

/** The password of a user, checked as at a sign-in: as slow, and counted with the tries to sign in. */
export async function checkPassword(
  context: ServiceContext,
  { name, address, password }: Pick<SignInRequest, 'name' | 'address' | 'password'>,
): Promise<PasswordOutcome> {
  if (verifications >= MAX_VERIFICATIONS) return { kind: 'wait', waitMs: BUSY_WAIT_MS };
  const waitMs = limiterOf(context).take(name, address, context.now());
  if (waitMs > 0) return { kind: 'wait', waitMs };
  const user = await context.catalogue.read(async (tx) => {
    const named = await findUserByName(tx, name);
    return named && findActingUser(tx, named.id);
  });
  const hash = user?.password_hash ?? null;
  const isRight = await verifyOne(hash ?? NO_PASSWORD_HASH, password);
  if (user === undefined || hash === null || !isRight) return { kind: 'wrong-credentials' };
  return { kind: 'right', user, hash };
}

/** A password was right outside of a sign-in: the tries of the name are forgotten. */
export function forgiveTries(context: ServiceContext, name: string, address: string): void {
  limiterOf(context).succeed(name, address);
}

/** A try at a code outside of a sign-in; answers how long to wait, ms. */
export function takeCodeTry(context: ServiceContext, name: string): number {
  return limiterOf(context).takeCode(name, context.now());
}

/** A code was right outside of a sign-in. */
export function forgiveCodeTries(context: ServiceContext, name: string): void {
  limiterOf(context).succeedCode(name);
}

async function open(
  context: ServiceContext,
  { address, client }: SignInRequest,
  { user, hash }: RightPassword,
  proof: FactorProof | null,
): Promise<SignInOutcome> {
  const token = newSessionToken();
  const nowMs = context.now();
  const session = {
    id: newSessionId(),
    tokenHash: hashSessionToken(token),
    userId: user.id,
    nowMs,
    // A time, as its parts are.
    expiresMs: (nowMs + SESSION_LIFE_MS) as EpochMs,
    address,
    client,
  };
  const opened = await context.engine.submit('open-session', {
    ...session,
    verifiedPasswordHash: hash,
    proof,
    // A time, as its parts are.
    unusedSinceMs: (nowMs - SESSION_IDLE_MS) as EpochMs,
  });
  if (!opened) return { kind: 'wrong-credentials' };
  const row = {
    id: session.id,
    token_hash: session.tokenHash,
    user_id: user.id,
    created_ms: nowMs,
    used_ms: nowMs,
    expires_ms: session.expiresMs,
    address,
    client,
  };
  return { kind: 'signed-in', token, session: toActiveSession({ session: row, user }, token) };
}

async function verifyOne(hash: string, password: string): Promise<boolean> {
  verifications += 1;
  try {
    return await verifyPassword(hash, password);
  } finally {
    verifications -= 1;
  }
}

function limiterOf({ catalogue }: ServiceContext): SignInLimiter {
  let limiter = limiters.get(catalogue);
  if (limiter === undefined) {
    limiter = new SignInLimiter();
    limiters.set(catalogue, limiter);
  }
  return limiter;
}
