import { findActingUser } from '../db/tables/iam-user.ts';
import { deleteEndedSessions, insertSession } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { type FactorProof, passesSecondFactor } from './support/second-factor.ts';

export interface OpenSessionInput {
  readonly id: string;
  /** SHA-256 of the token: the token itself never gets this far (LOG.md 7). */
  readonly tokenHash: Uint8Array;
  readonly userId: UserId;
  /** The hash that the password was verified against. */
  readonly verifiedPasswordHash: string;
  /** Null: no code was given. */
  readonly proof: FactorProof | null;
  readonly nowMs: EpochMs;
  readonly expiresMs: EpochMs;
  readonly unusedSinceMs: EpochMs;
  readonly address: string;
  readonly client: string;
}

/**
 * Opens a session of a user that is active, whose password is still the one that was verified, and whose second factor, where
 * one is on, was proven; false otherwise. Sessions that have ended go on the way.
 */
export async function openSession(tx: WriteTx, input: OpenSessionInput): Promise<boolean> {
  const user = await findActingUser(tx, input.userId);
  if (user?.password_hash !== input.verifiedPasswordHash) return false;
  if (!(await passesSecondFactor(tx, user.id, input.proof))) return false;
  await deleteEndedSessions(tx, input.nowMs, input.unusedSinceMs);
  await insertSession(tx, {
    id: input.id,
    token_hash: Buffer.from(input.tokenHash),
    user_id: input.userId,
    created_ms: input.nowMs,
    used_ms: input.nowMs,
    expires_ms: input.expiresMs,
    address: input.address,
    client: input.client,
  });
  return true;
}
