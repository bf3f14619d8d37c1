import { findAccessKey, insertAccessKey, replaceSecret } from '../../db/tables/access-key.ts';
import {
  findUserByCanonicalId,
  findUserByName,
  type IamUserRow,
  insertUser,
  updateUser,
} from '../../db/tables/iam-user.ts';
import { deleteSessionsOf } from '../../db/tables/session.ts';
import { findTenantByName, type TenantRow } from '../../db/tables/tenant.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { EpochMs, UserId } from '../../domain/ids.ts';
import { contradiction } from './contradiction.ts';

/** Undefined fields keep what stands. */
export interface ProvisionedUser {
  readonly name: string;
  readonly tenant: string | undefined;
  readonly email: string | undefined;
  readonly displayName: string | undefined;
  readonly passwordHash: string | undefined;
  readonly role: 'admin' | 'user' | 'readonly' | undefined;
  readonly canonicalId: string | undefined;
  readonly accessKeys: readonly ProvisionedKey[];
  /** For a user that does not exist yet. */
  readonly fresh: { readonly canonicalId: string; readonly accountId: string };
}

export interface ProvisionedKey {
  readonly accessKeyId: string;
  /** Undefined: the key stands with this secret already. */
  readonly sealedSecret: Uint8Array | undefined;
}

/** Creates or changes a user and adds or changes its keys. Throws where the file asks for what belongs to another. */
export async function provisionUser(tx: WriteTx, wanted: ProvisionedUser, path: string, nowMs: EpochMs): Promise<void> {
  const tenant = await findTenant(tx, wanted, path);
  await checkCanonicalId(tx, wanted, path);
  const stands = await findUserByName(tx, wanted.name);
  let userId: UserId;
  if (stands === undefined) {
    userId = await createUser(tx, wanted, tenant, nowMs);
  } else {
    userId = stands.id;
    const changed = changedRow(stands, wanted, tenant);
    if (differs(stands, changed)) await updateUser(tx, changed);
    // Whoever signed in with the old password may be why there is a new one.
    if (changed.password_hash !== stands.password_hash) await deleteSessionsOf(tx, userId);
  }
  for (const [index, key] of wanted.accessKeys.entries()) {
    await provisionKey(tx, userId, key, `${path}.accessKeys[${index}].accessKeyId`, nowMs);
  }
}

async function findTenant(tx: WriteTx, wanted: ProvisionedUser, path: string): Promise<TenantRow | undefined> {
  if (wanted.tenant === undefined) return undefined;
  const tenant = await findTenantByName(tx, wanted.tenant);
  if (tenant === undefined) throw contradiction(`${path}.tenant`, 'there is no such tenant');
  return tenant;
}

async function checkCanonicalId(tx: WriteTx, wanted: ProvisionedUser, path: string): Promise<void> {
  if (wanted.canonicalId === undefined) return;
  const holder = await findUserByCanonicalId(tx, wanted.canonicalId);
  if (holder !== undefined && holder.name !== wanted.name) {
    throw contradiction(`${path}.canonicalId`, 'another user has this id');
  }
}

async function createUser(
  tx: WriteTx,
  wanted: ProvisionedUser,
  tenant: TenantRow | undefined,
  nowMs: EpochMs,
): Promise<UserId> {
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as UserId;
  await insertUser(tx, {
    id,
    name: wanted.name,
    tenant_id: tenant?.id ?? null,
    account_id: tenant?.account_id ?? wanted.fresh.accountId,
    canonical_id: wanted.canonicalId ?? wanted.fresh.canonicalId,
    role: wanted.role ?? 'user',
    email: wanted.email ?? null,
    display_name: wanted.displayName ?? null,
    password_hash: wanted.passwordHash ?? null,
    state: 'active',
    created_ms: nowMs,
  });
  return id;
}

function changedRow(stands: IamUserRow, wanted: ProvisionedUser, tenant: TenantRow | undefined): IamUserRow {
  return {
    ...stands,
    tenant_id: tenant?.id ?? stands.tenant_id,
    account_id: tenant?.account_id ?? stands.account_id,
    canonical_id: wanted.canonicalId ?? stands.canonical_id,
    role: wanted.role ?? stands.role,
    email: wanted.email ?? stands.email,
    display_name: wanted.displayName ?? stands.display_name,
    password_hash: wanted.passwordHash ?? stands.password_hash,
  };
}

function differs(a: IamUserRow, b: IamUserRow): boolean {
  // Both have the columns of the table and no others.
  return (Object.keys(a) as (keyof IamUserRow)[]).some((column) => a[column] !== b[column]);
}

async function provisionKey(
  tx: WriteTx,
  userId: UserId,
  key: ProvisionedKey,
  path: string,
  nowMs: EpochMs,
): Promise<void> {
  const stands = await findAccessKey(tx, key.accessKeyId);
  if (stands !== undefined && stands.user_id !== userId) throw contradiction(path, 'another user has this key');
  if (key.sealedSecret === undefined) return;
  const sealedSecret = Buffer.from(key.sealedSecret);
  if (stands !== undefined) {
    await replaceSecret(tx, key.accessKeyId, sealedSecret);
    return;
  }
  await insertAccessKey(tx, {
    id: key.accessKeyId,
    user_id: userId,
    sealed_secret: sealedSecret,
    state: 'active',
    created_ms: nowMs,
    label: '',
    expires_ms: null,
  });
}
