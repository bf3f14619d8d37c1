import { putPasswordLink as putRow } from '../db/tables/password-link.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { requireAdmin, requireOther } from './support/people.ts';

export interface PutPasswordLinkInput {
  readonly actorId: UserId;
  readonly name: string;
  /** SHA-256 of the token: the token itself never gets this far (LOG.md 7). */
  readonly tokenHash: Uint8Array;
  readonly expiresMs: EpochMs;
  readonly nowMs: EpochMs;
}

/**
 * Lets somebody else choose a password, once; a link that stood before ends. Their password and sessions stay until it is used.
 * Throws AccessDenied, NoSuchEntity, InvalidArgument for who is disabled.
 */
export async function putPasswordLink(tx: WriteTx, input: PutPasswordLinkInput): Promise<UserId> {
  const user = await requireOther(tx, await requireAdmin(tx, input.actorId), input.name);
  if (user.state !== 'active') throw new Failure('InvalidArgument', 'this user is disabled; enable them first');
  await putRow(tx, {
    user_id: user.id,
    token_hash: Buffer.from(input.tokenHash),
    purpose: user.password_hash === null ? 'invite' : 'reset',
    created_ms: input.nowMs,
    expires_ms: input.expiresMs,
  });
  return user.id;
}
