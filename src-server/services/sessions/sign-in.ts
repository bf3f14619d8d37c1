import { findUserByName } from '../../db/tables/iam-user.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { NO_PASSWORD_HASH, verifyPassword } from '../access/password.ts';
import type { Catalogue, ServiceContext } from '../context.ts';
import { type ActiveSession, toActiveSession } from './active-session.ts';
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from './session-rules.ts';
import { hashSessionToken, newSessionId, newSessionToken } from './session-token.ts';
import { SignInLimiter } from './sign-in-limiter.ts';

export interface SignInRequest {
  readonly name: string;
  readonly password: string;
  /** Of the client's socket. */
  readonly address: string;
  readonly client: string;
}

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly token: string; readonly session: ActiveSession }
  | { readonly kind: 'wrong-credentials' }
  | { readonly kind: 'wait'; readonly waitMs: number };

const limiters = new WeakMap<Catalogue, SignInLimiter>();
/** Each verification takes 64 MiB while it runs; four run at once. */
const MAX_VERIFICATIONS = 16;
const BUSY_WAIT_MS = 1000;
let verifications = 0;

/**
 * Opens a session for who knows the password. An unknown name, a user without a password, a disabled one and a wrong
 * password get the same answer after the same work.
 */
export async function signIn(context: ServiceContext, request: SignInRequest): Promise<SignInOutcome> {
  const { name, address } = request;
  if (verifications >= MAX_VERIFICATIONS) return { kind: 'wait', waitMs: BUSY_WAIT_MS };
  const limiter = limiterOf(context);
  const waitMs = limiter.take(name, address, context.now());
  if (waitMs > 0) return { kind: 'wait', waitMs };
  const user = await context.catalogue.read((tx) => findUserByName(tx, name));
  const hash = user?.state === 'active' ? user.password_hash : null;
  const isRight = await verifyOne(hash ?? NO_PASSWORD_HASH, request.password);
  if (user === undefined || hash === null || !isRight) return { kind: 'wrong-credentials' };
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
    client: request.client,
  };
  const opened = await context.engine.submit('open-session', {
    ...session,
    verifiedPasswordHash: hash,
    // A time, as its parts are.
    unusedSinceMs: (nowMs - SESSION_IDLE_MS) as EpochMs,
  });
  if (!opened) return { kind: 'wrong-credentials' };
  limiter.succeed(name, address);
  const row = {
    id: session.id,
    token_hash: session.tokenHash,
    user_id: user.id,
    created_ms: nowMs,
    used_ms: nowMs,
    expires_ms: session.expiresMs,
    address,
    client: request.client,
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
