import { findUserByName, type IamUserRow, insertUser, setIamColumns } from '../db/tables/iam-user.ts';
import { putPasswordLink } from '../db/tables/password-link.ts';
import { findTenantById, findTenantByName, type TenantRow } from '../db/tables/tenant.ts';
import type { WriteTx } from '../db/tx.ts';
import { ROOT_USER_NAME } from '../domain/account.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { requireAdmin } from './support/people.ts';

export interface CreateUserInput {
  readonly actorId: UserId;
  readonly name: string;
  readonly displayName: string | null;
  readonly email: string | null;
  readonly role: 'admin' | 'user' | 'readonly' | 'none';
  /** Undefined: the actor's own, or none. */
  readonly tenant: string | undefined;
  /** How they will sign in: a password that was hashed, or a link whose token was. */
  readonly entry:
    | { readonly kind: 'password'; readonly passwordHash: string }
    | { readonly kind: 'link'; readonly tokenHash: Uint8Array; readonly expiresMs: EpochMs };
  readonly fresh: { readonly canonicalId: string; readonly accountId: string };
  readonly nowMs: EpochMs;
}

/**
 * Adds a user to the actor's tenant, or, by an admin of the install, to any or none. Throws AccessDenied,
 * EntityAlreadyExists, NoSuchEntity for a tenant that is not the actor's.
 */
export async function createUser(tx: WriteTx, input: CreateUserInput): Promise<UserId> {
  const actor = await requireAdmin(tx, input.actorId);
  const tenant = await findTenant(tx, actor, input.tenant);
  const isTaken = input.name === ROOT_USER_NAME || (await findUserByName(tx, input.name)) !== undefined;
  if (isTaken) throw new Failure('EntityAlreadyExists');
  const { entry, nowMs } = input;
  // Policies reach the buckets of one's own account: who has nothing else is in somebody's.
  const holderId = tenant === undefined && input.role === 'none' ? (actor.account_holder_id ?? actor.id) : null;
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as UserId;
  await insertUser(tx, {
    id,
    name: input.name,
    tenant_id: tenant?.id ?? null,
    account_id: tenant?.account_id ?? (holderId === null ? input.fresh.accountId : actor.account_id),
    canonical_id: input.fresh.canonicalId,
    role: input.role,
    email: input.email,
    display_name: input.displayName,
    password_hash: entry.kind === 'password' ? entry.passwordHash : null,
    state: 'active',
    created_ms: nowMs,
  });
  if (holderId !== null) {
    await setIamColumns(tx, id, { path: '/', boundary_policy_id: null, tags: null, account_holder_id: holderId });
  }
  if (entry.kind === 'link') {
    const token_hash = Buffer.from(entry.tokenHash);
    await putPasswordLink(tx, {
      user_id: id,
      token_hash,
      purpose: 'invite',
      created_ms: nowMs,
      expires_ms: entry.expiresMs,
    });
  }
  return id;
}

async function findTenant(tx: WriteTx, actor: IamUserRow, name: string | undefined): Promise<TenantRow | undefined> {
  const own = actor.tenant_id === null ? undefined : await findTenantById(tx, actor.tenant_id);
  if (name === undefined) return own;
  const named = await findTenantByName(tx, name);
  if (named === undefined || (actor.tenant_id !== null && named.id !== actor.tenant_id)) {
    throw new Failure('NoSuchEntity', 'there is no such tenant');
  }
  return named;
}
