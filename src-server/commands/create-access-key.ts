import { countAccessKeys, findAccessKey, insertAccessKey } from '../db/tables/access-key.ts';
import type { IamUserRow } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { MAX_KEYS_PER_USER } from '../domain/people-rules.ts';
import { requireActor, requireManaged } from './support/people.ts';
import { checkKeyLimit } from './support/tenant-limits.ts';

export interface CreateAccessKeyInput {
  readonly actorId: UserId;
  /** Whose key it becomes. */
  readonly userName: string;
  readonly key: NewKey;
  readonly label: string;
  readonly expiresMs: EpochMs | null;
  readonly nowMs: EpochMs;
}

/** The secret is sealed: in clear it never gets this far (LOG.md 7). */
export interface NewKey {
  readonly accessKeyId: string;
  readonly sealedSecret: Uint8Array;
}

/**
 * Adds a key to the actor or to somebody whom the actor may manage; answers whose it is. Throws AccessDenied, NoSuchEntity,
 * LimitExceeded; InvalidArgument for an expiry that has passed.
 */
export async function createAccessKey(tx: WriteTx, input: CreateAccessKeyInput): Promise<UserId> {
  const actor = await requireActor(tx, input.actorId);
  const holder = actor.name === input.userName ? actor : await requireManaged(tx, actor, input.userName);
  await addKey(tx, holder, input);
  return holder.id;
}

/** Adds a new key to a user. Throws LimitExceeded, InvalidArgument, EntityAlreadyExists. */
export async function addKey(
  tx: WriteTx,
  holder: Pick<IamUserRow, 'id' | 'tenant_id'>,
  { key, label, expiresMs, nowMs }: Pick<CreateAccessKeyInput, 'key' | 'label' | 'expiresMs' | 'nowMs'>,
): Promise<void> {
  if (expiresMs !== null && expiresMs <= nowMs) throw new Failure('InvalidArgument', 'the expiry has passed already');
  if ((await countAccessKeys(tx, holder.id)) >= MAX_KEYS_PER_USER) {
    throw new Failure('LimitExceeded', `a user has at most ${MAX_KEYS_PER_USER} keys`);
  }
  await checkKeyLimit(tx, holder);
  // Of 80 random bits; a second one of the same id would be another user's key.
  if ((await findAccessKey(tx, key.accessKeyId)) !== undefined) throw new Failure('EntityAlreadyExists');
  await insertAccessKey(tx, {
    id: key.accessKeyId,
    user_id: holder.id,
    sealed_secret: Buffer.from(key.sealedSecret),
    state: 'active',
    created_ms: nowMs,
    label,
    expires_ms: expiresMs,
    policy: null,
    source_ips: null,
  });
}
