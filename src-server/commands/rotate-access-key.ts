import { updateAccessKey } from '../db/tables/access-key.ts';
import { findUserById } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { addKey, type NewKey } from './create-access-key.ts';
import { requireActor, requireKey } from './support/people.ts';

export interface RotateAccessKeyInput {
  readonly actorId: UserId;
  readonly accessKeyId: string;
  readonly key: NewKey;
  /** Until then the old key works too, unless it expires before. */
  readonly oldExpiresMs: EpochMs;
  readonly nowMs: EpochMs;
}

/**
 * Puts a new key beside an old one, of the same user, label and limits, and lets the old one end. A key that was given for a time is
 * followed by one for the same time. Answers whose they are. Throws AccessDenied, NoSuchEntity, LimitExceeded;
 * InvalidArgument for a key that is disabled or has expired.
 */
export async function rotateAccessKey(tx: WriteTx, input: RotateAccessKeyInput): Promise<UserId> {
  const { nowMs, oldExpiresMs } = input;
  const old = await requireKey(tx, await requireActor(tx, input.actorId), input.accessKeyId);
  const isUsable = old.state === 'active' && (old.expires_ms === null || nowMs < old.expires_ms);
  if (!isUsable) throw new Failure('InvalidArgument', 'only a key that works can be rotated; create a new one');
  const lifeMs = old.expires_ms === null ? null : old.expires_ms - old.created_ms;
  // A time, as its parts are.
  const expiresMs = lifeMs === null ? null : ((nowMs + lifeMs) as EpochMs);
  const { policy, source_ips } = old;
  const holder = await findUserById(tx, old.user_id);
  if (holder === undefined) throw new Failure('NoSuchEntity');
  await addKey(tx, holder, { key: input.key, label: old.label, expiresMs, limits: { policy, source_ips }, nowMs });
  // A time, as its parts are.
  const endsMs = Math.min(oldExpiresMs, old.expires_ms ?? oldExpiresMs) as EpochMs;
  await updateAccessKey(tx, old.id, { ...old, expires_ms: endsMs });
  return old.user_id;
}
