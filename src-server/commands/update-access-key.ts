import { updateAccessKey as updateRow } from '../db/tables/access-key.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import type { KeyLimits } from './create-access-key.ts';
import { requireChangeableKey } from './support/iam-key.ts';

export interface UpdateAccessKeyInput {
  readonly actorId: UserId;
  readonly accessKeyId: string;
  /** Undefined fields stay as they are. */
  readonly state: 'active' | 'disabled' | undefined;
  readonly label: string | undefined;
  readonly expiresMs: EpochMs | null | undefined;
  readonly limits?: Partial<KeyLimits>;
  /** Asked for by IAM's API: whose key it has to be. */
  readonly iam?: { readonly isRoleSession: boolean; readonly userName: string };
  readonly nowMs: EpochMs;
}

/** Changes a key that the actor may; answers whose it is. Throws AccessDenied, NoSuchEntity, InvalidArgument. */
export async function updateAccessKey(tx: WriteTx, input: UpdateAccessKeyInput): Promise<UserId> {
  const key = await requireChangeableKey(tx, input);
  const { state = key.state, label = key.label, expiresMs = key.expires_ms, nowMs } = input;
  if (expiresMs !== key.expires_ms && expiresMs !== null && expiresMs <= nowMs) {
    throw new Failure('InvalidArgument', 'the expiry has passed already; disable the key instead');
  }
  await updateRow(tx, key.id, { ...key, ...input.limits, state, label, expires_ms: expiresMs });
  return key.user_id;
}
