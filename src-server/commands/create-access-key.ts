import { type AccessKeyRow, countAccessKeys, findAccessKey, insertAccessKey } from '../db/tables/access-key.ts';
import type { IamUserRow } from '../db/tables/iam-user.ts';
import { findIssuingKeyId } from '../db/tables/sts-session.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { MAX_KEYS_PER_USER } from '../domain/people-rules.ts';
import { requireChangeableUser, requireIamActor } from './support/iam-actor.ts';
import { requireActor, requireManaged } from './support/people.ts';
import { checkKeyLimit } from './support/tenant-limits.ts';

export interface CreateAccessKeyInput {
  readonly actorId: UserId;
  /** Whose key it becomes. */
  readonly userName: string;
  readonly key: NewKey;
  readonly label: string;
  readonly expiresMs: EpochMs | null;
  /** What it may do at most, and where it may come from; left out: no limit. */
  readonly limits?: KeyLimits;
  /** Asked for by IAM's API, where policies may have allowed it; left out: by the console. */
  readonly iam?: {
    readonly isRoleSession: boolean;
    /** That the request was signed with: the new key is no wider. */
    readonly accessKeyId: string | null;
  };
  readonly nowMs: EpochMs;
}

/** JSON texts, as the columns have them. */
export type KeyLimits = Pick<AccessKeyRow, 'policy' | 'source_ips'>;

export const NO_LIMITS: KeyLimits = { policy: null, source_ips: null };

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
  if (input.iam === undefined) {
    const actor = await requireActor(tx, input.actorId);
    const holder = actor.name === input.userName ? actor : await requireManaged(tx, actor, input.userName);
    await addKey(tx, holder, input);
    return holder.id;
  }
  const actor = await requireIamActor(tx, { userId: input.actorId, isRoleSession: input.iam.isRoleSession });
  const holder = await requireChangeableUser(tx, actor, input.userName);
  await addKey(tx, holder, { ...input, ...(await inherited(tx, input.iam.accessKeyId, input)) });
  return holder.id;
}

/** What limits the key that asks limits the key it makes. */
async function inherited(
  tx: WriteTx,
  parentId: string | null,
  { expiresMs }: Pick<CreateAccessKeyInput, 'expiresMs'>,
): Promise<{ readonly limits: KeyLimits; readonly expiresMs: EpochMs | null }> {
  // Behind a session stands the key that opened it.
  const lastingId = parentId === null ? null : ((await findIssuingKeyId(tx, parentId)) ?? parentId);
  const parent = lastingId === null ? undefined : await findAccessKey(tx, lastingId);
  if (parent === undefined) return { limits: NO_LIMITS, expiresMs };
  const { policy, source_ips, expires_ms } = parent;
  return { limits: { policy, source_ips }, expiresMs: expires_ms ?? expiresMs };
}

/** Adds a new key to a user. Throws LimitExceeded, InvalidArgument, EntityAlreadyExists. */
export async function addKey(
  tx: WriteTx,
  holder: Pick<IamUserRow, 'id' | 'tenant_id'>,
  {
    key,
    label,
    expiresMs,
    limits = NO_LIMITS,
    nowMs,
  }: Pick<CreateAccessKeyInput, 'key' | 'label' | 'expiresMs' | 'limits' | 'nowMs'>,
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
    ...limits,
  });
}
