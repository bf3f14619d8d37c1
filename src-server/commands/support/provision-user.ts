import {
  type AccessKeyRow,
  findAccessKey,
  insertAccessKey,
  type KeyTerms,
  replaceSecret,
  updateAccessKey,
} from '../../db/tables/access-key.ts';
import {
  findUserByCanonicalId,
  findUserByName,
  type IamUserRow,
  insertUser,
  updateUser,
} from '../../db/tables/iam-user.ts';
import { deleteSessionsOf } from '../../db/tables/session.ts';
import { findTenantByName, type TenantRow } from '../../db/tables/tenant.ts';
import { recountTenant } from '../../db/tables/tenant-usage.ts';
import type { WriteTx } from '../../db/tx.ts';
import { isFailure } from '../../domain/failure.ts';
import type { EpochMs, UserId } from '../../domain/ids.ts';
import type { KeyLimits } from '../create-access-key.ts';
import { contradiction } from './contradiction.ts';
import { provisionPolicies, type WantedPolicy } from './provision-policies.ts';
import { checkKeyLimit } from './tenant-limits.ts';

/** Undefined fields keep what stands. */
export interface ProvisionedUser {
  readonly name: string;
  readonly tenant: string | undefined;
  readonly email: string | undefined;
  readonly displayName: string | undefined;
  readonly passwordHash: string | undefined;
  readonly role: 'admin' | 'user' | 'readonly' | 'none' | undefined;
  readonly canonicalId: string | undefined;
  /** Of a user without tenant. */
  readonly accountId?: string;
  readonly state?: 'active' | 'disabled';
  readonly accessKeys: readonly ProvisionedKey[];
  /** Attached to the user; none is taken away. */
  readonly policies?: readonly WantedPolicy[];
  /** For a user that does not exist yet. */
  readonly fresh: { readonly canonicalId: string; readonly accountId: string };
}

export interface ProvisionedKey {
  readonly accessKeyId: string;
  /** Undefined: the key stands with this secret already. */
  readonly sealedSecret: Uint8Array | undefined;
  /** Left out: what stands stays; of a new key as if made in the console without any of it. */
  readonly terms?: Omit<KeyTerms, keyof KeyLimits> & Partial<KeyLimits>;
}

/** `as-it-was`: what a configuration file brings back may be more than a limit that was lowered since. */
export type LimitRule = 'kept' | 'as-it-was';

/** Creates or changes a user and adds or changes its keys. Throws where the file asks for what belongs to another. */
export async function provisionUser(
  tx: WriteTx,
  wanted: ProvisionedUser,
  path: string,
  nowMs: EpochMs,
  limits: LimitRule = 'kept',
): Promise<void> {
  const tenant = await findTenant(tx, wanted, path);
  await checkCanonicalId(tx, wanted, path);
  const stands = await findUserByName(tx, wanted.name);
  const tenantId = tenant?.id ?? stands?.tenant_id ?? null;
  let userId: UserId;
  if (stands === undefined) {
    userId = await createUser(tx, wanted, tenant, nowMs);
  } else {
    userId = stands.id;
    const changed = changedRow(stands, wanted, tenant);
    if (differs(stands, changed)) await changeUser(tx, stands, changed);
    // Whoever signed in with the old password may be why there is a new one.
    const isDisabled = changed.state === 'disabled' && stands.state === 'active';
    if (isDisabled || changed.password_hash !== stands.password_hash) await deleteSessionsOf(tx, userId);
  }
  for (const [index, key] of wanted.accessKeys.entries()) {
    await provisionKey(
      tx,
      { id: userId, tenant_id: limits === 'kept' ? tenantId : null },
      key,
      `${path}.accessKeys[${index}].accessKeyId`,
      nowMs,
    );
  }
  await provisionPolicies(tx, userId, wanted.policies ?? [], `${path}.policies`);
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
    account_id: tenant?.account_id ?? wanted.accountId ?? wanted.fresh.accountId,
    canonical_id: wanted.canonicalId ?? wanted.fresh.canonicalId,
    role: wanted.role ?? 'user',
    email: wanted.email ?? null,
    display_name: wanted.displayName ?? null,
    password_hash: wanted.passwordHash ?? null,
    state: wanted.state ?? 'active',
    created_ms: nowMs,
  });
  return id;
}

/** The row of a user once the fields that are wanted stand in it. */
export function changedRow(stands: IamUserRow, wanted: ProvisionedUser, tenant: TenantRow | undefined): IamUserRow {
  const ownAccount = stands.tenant_id === null ? wanted.accountId : undefined;
  return {
    ...stands,
    tenant_id: tenant?.id ?? stands.tenant_id,
    account_id: tenant?.account_id ?? ownAccount ?? stands.account_id,
    canonical_id: wanted.canonicalId ?? stands.canonical_id,
    role: wanted.role ?? stands.role,
    email: wanted.email ?? stands.email,
    display_name: wanted.displayName ?? stands.display_name,
    password_hash: wanted.passwordHash ?? stands.password_hash,
    state: wanted.state ?? stands.state,
  };
}

function differs(a: IamUserRow, b: IamUserRow): boolean {
  // Both have the columns of the table and no others.
  return (Object.keys(a) as (keyof IamUserRow)[]).some((column) => a[column] !== b[column]);
}

/** Where the user comes to another tenant their buckets come along, and count there. */
async function changeUser(tx: WriteTx, stands: IamUserRow, changed: IamUserRow): Promise<void> {
  await updateUser(tx, changed);
  if (stands.tenant_id === changed.tenant_id) return;
  for (const tenantId of [stands.tenant_id, changed.tenant_id]) {
    if (tenantId !== null) await recountTenant(tx, tenantId);
  }
}

/** `tenant_id`: whose limit of keys holds; null: none. */
type KeyHolder = Pick<IamUserRow, 'id' | 'tenant_id'>;

async function provisionKey(
  tx: WriteTx,
  holder: KeyHolder,
  key: ProvisionedKey,
  path: string,
  nowMs: EpochMs,
): Promise<void> {
  const stands = await findAccessKey(tx, key.accessKeyId);
  if (stands !== undefined && stands.user_id !== holder.id) throw contradiction(path, 'another user has this key');
  if (stands === undefined) {
    if (key.sealedSecret === undefined) return;
    await checkLimit(tx, holder, path);
    await addKey(tx, holder.id, key, Buffer.from(key.sealedSecret), nowMs);
    return;
  }
  if (key.sealedSecret !== undefined) await replaceSecret(tx, key.accessKeyId, Buffer.from(key.sealedSecret));
  if (key.terms !== undefined && haveChanged(stands, key.terms)) {
    await updateAccessKey(tx, key.accessKeyId, { ...stands, ...key.terms });
  }
}

/** Do these terms differ from those of the key that stands? */
export function haveChanged(stands: AccessKeyRow, terms: NonNullable<ProvisionedKey['terms']>): boolean {
  // Of the type's columns and no others.
  return (Object.keys(terms) as (keyof KeyTerms)[]).some((column) => stands[column] !== terms[column]);
}

async function checkLimit(tx: WriteTx, holder: KeyHolder, path: string): Promise<void> {
  try {
    await checkKeyLimit(tx, holder);
  } catch (error) {
    if (!isFailure(error, 'LimitExceeded')) throw error;
    throw contradiction(path, 'the tenant has as many access keys as its maxKeys allows');
  }
}

async function addKey(
  tx: WriteTx,
  userId: UserId,
  { accessKeyId, terms }: ProvisionedKey,
  sealedSecret: Buffer,
  nowMs: EpochMs,
): Promise<void> {
  await insertAccessKey(tx, {
    id: accessKeyId,
    user_id: userId,
    sealed_secret: sealedSecret,
    state: terms?.state ?? 'active',
    created_ms: nowMs,
    label: terms?.label ?? '',
    expires_ms: terms?.expires_ms ?? null,
    policy: terms?.policy ?? null,
    source_ips: terms?.source_ips ?? null,
  });
}
