import { deleteAccessKeysOf, findAccessKey, insertAccessKey } from '../db/tables/access-key.ts';
import { findRootUser, insertUser } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import { ROOT_USER_NAME } from '../domain/account.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';

export interface PutRootKeyInput {
  /** Undefined: only the user is made, where it is missing. */
  readonly key: { readonly accessKeyId: string; readonly sealedSecret: Uint8Array } | undefined;
  /** For a root user that does not exist yet. */
  readonly fresh: { readonly canonicalId: string; readonly accountId: string };
  readonly nowMs: EpochMs;
}

/**
 * Makes a key root's only one, active; makes root itself on the first run. Root's other keys end with the same commit.
 * Throws InvalidRequest where another user has a key of this id.
 */
export async function putRootKey(tx: WriteTx, input: PutRootKeyInput): Promise<void> {
  const rootId = (await findRootUser(tx))?.id ?? (await createRoot(tx, input));
  if (input.key === undefined) return;
  const holder = await findAccessKey(tx, input.key.accessKeyId);
  if (holder !== undefined && holder.user_id !== rootId) {
    throw new Failure('InvalidRequest', 'another user has an access key with this id');
  }
  await deleteAccessKeysOf(tx, rootId);
  await insertAccessKey(tx, {
    id: input.key.accessKeyId,
    user_id: rootId,
    sealed_secret: Buffer.from(input.key.sealedSecret),
    state: 'active',
    created_ms: input.nowMs,
    label: '',
    expires_ms: null,
    policy: null,
    source_ips: null,
  });
}

async function createRoot(tx: WriteTx, input: PutRootKeyInput): Promise<UserId> {
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as UserId;
  await insertUser(tx, {
    id,
    name: ROOT_USER_NAME,
    tenant_id: null,
    account_id: input.fresh.accountId,
    canonical_id: input.fresh.canonicalId,
    role: 'root',
    email: null,
    display_name: null,
    password_hash: null,
    state: 'active',
    created_ms: input.nowMs,
  });
  return id;
}
