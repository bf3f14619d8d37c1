import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** `none`: only what policies say; what IAM makes. */
export type RoleColumn = 'root' | 'admin' | 'user' | 'readonly' | 'none';

/** `account_id` is the tenant's, else the account holder's, else the user's own. `password_hash` is a PHC string. */
export interface IamUserRow {
  readonly id: UserId;
  readonly name: string;
  readonly tenant_id: SequenceId | null;
  readonly account_id: string;
  readonly canonical_id: string;
  readonly role: RoleColumn;
  readonly email: string | null;
  readonly display_name: string | null;
  readonly password_hash: string | null;
  readonly state: 'active' | 'disabled';
  readonly created_ms: EpochMs;
  /** IAM's path, `/` unless IAM gave another. */
  readonly path: string;
  readonly boundary_policy_id: SequenceId | null;
  /** JSON object of IAM tags. */
  readonly tags: string | null;
  /** Of a user without tenant: in whose account it is; null: an account of its own. */
  readonly account_holder_id: UserId | null;
}

type IamColumn = 'path' | 'boundary_policy_id' | 'tags' | 'account_holder_id';

/** A user as it begins: without what IAM alone sets. */
export type NewUserRow = Omit<IamUserRow, IamColumn>;

/** The user with this id. */
export async function findUserById(tx: ReadTx, id: UserId): Promise<IamUserRow | undefined> {
  return tx.get<IamUserRow>('SELECT * FROM iam_user WHERE id = ?', id);
}

/** SQL: may the user of this alias act at all, by their own state and their tenant's? Asked on every request. */
export function mayActSql(user: string): string {
  return `${user}.state = 'active' AND (${user}.tenant_id IS NULL
    OR EXISTS (SELECT 1 FROM tenant AS ts WHERE ts.id = ${user}.tenant_id AND ts.state = 'active'))`;
}

const FIND_ACTING = `SELECT u.* FROM iam_user AS u WHERE u.id = ? AND ${mayActSql('u')}`;

/** The user with this id, where they may act now: active, and their tenant not suspended. */
export async function findActingUser(tx: ReadTx, id: UserId): Promise<IamUserRow | undefined> {
  return tx.get<IamUserRow>(FIND_ACTING, id);
}

/** The user of this name; names are unique in the install. */
export async function findUserByName(tx: ReadTx, name: string): Promise<IamUserRow | undefined> {
  return tx.get<IamUserRow>('SELECT * FROM iam_user WHERE name = ?', name);
}

/** The user with this canonical id. */
/** Canonical ids of the users who have this address, two at most: whether it names one is all that anybody asks. */
export async function listUserIdsByEmail(tx: ReadTx, email: string): Promise<string[]> {
  const rows = await tx.all<{ canonical_id: string }>(
    'SELECT canonical_id FROM iam_user WHERE email = ? ORDER BY id LIMIT 2',
    email,
  );
  return rows.map((row) => row.canonical_id);
}

export async function findUserByCanonicalId(tx: ReadTx, canonicalId: string): Promise<IamUserRow | undefined> {
  return tx.get<IamUserRow>('SELECT * FROM iam_user WHERE canonical_id = ?', canonicalId);
}

/** The user outside of every tenant whose own account has this id. */
export async function findLoneUserByAccount(tx: ReadTx, accountId: string): Promise<IamUserRow | undefined> {
  return tx.get<IamUserRow>(
    'SELECT * FROM iam_user WHERE account_id = ? AND tenant_id IS NULL AND account_holder_id IS NULL LIMIT 1',
    accountId,
  );
}

/** The break-glass user, of which there is one. */
export async function findRootUser(tx: ReadTx): Promise<IamUserRow | undefined> {
  return tx.get<IamUserRow>("SELECT * FROM iam_user WHERE role = 'root'");
}

/** An active admin of the whole install (no tenant) who can log in to the console: the install counts as claimed. */
export async function findClaimingAdmin(tx: ReadTx): Promise<IamUserRow | undefined> {
  return tx.get<IamUserRow>(
    `SELECT * FROM iam_user
     WHERE role = 'admin' AND tenant_id IS NULL AND password_hash IS NOT NULL AND state = 'active'
     ORDER BY id LIMIT 1`,
  );
}

/** Is there an admin of the whole install who may act? */
export async function hasActiveAdmin(tx: ReadTx): Promise<boolean> {
  const found = await tx.get<{ readonly id: UserId }>(
    "SELECT id FROM iam_user WHERE role = 'admin' AND tenant_id IS NULL AND state = 'active' LIMIT 1",
  );
  return found !== undefined;
}

/** Adds a user; name and canonical id are free. */
export async function insertUser(tx: WriteTx, row: NewUserRow): Promise<void> {
  await tx.run(
    `INSERT INTO iam_user (id, name, tenant_id, account_id, canonical_id, role, email, display_name, password_hash, state, created_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.name,
    row.tenant_id,
    row.account_id,
    row.canonical_id,
    row.role,
    row.email,
    row.display_name,
    row.password_hash,
    row.state,
    row.created_ms,
  );
}

/** Overwrites everything but id, name and time of creation. */
export async function updateUser(tx: WriteTx, row: IamUserRow): Promise<void> {
  await tx.run(
    `UPDATE iam_user SET tenant_id = ?, account_id = ?, canonical_id = ?, role = ?, email = ?, display_name = ?,
     password_hash = ?, state = ? WHERE id = ?`,
    row.tenant_id,
    row.account_id,
    row.canonical_id,
    row.role,
    row.email,
    row.display_name,
    row.password_hash,
    row.state,
    row.id,
  );
}

/** Every user of a tenant belongs to the tenant's account. */
export async function moveUsersToAccount(tx: WriteTx, tenantId: SequenceId, accountId: string): Promise<void> {
  await tx.run('UPDATE iam_user SET account_id = ? WHERE tenant_id = ?', accountId, tenantId);
}

/** Sets what IAM alone knows of a user. */
export async function setIamColumns(tx: WriteTx, id: UserId, row: Pick<IamUserRow, IamColumn>): Promise<void> {
  await tx.run(
    'UPDATE iam_user SET path = ?, boundary_policy_id = ?, tags = ?, account_holder_id = ? WHERE id = ?',
    row.path,
    row.boundary_policy_id,
    row.tags,
    row.account_holder_id,
    id,
  );
}

/** Gives a user another name, which is free. */
export async function renameUser(tx: WriteTx, id: UserId, name: string): Promise<void> {
  await tx.run('UPDATE iam_user SET name = ? WHERE id = ?', name, id);
}

/** Is somebody in the account of this user, besides the user itself? */
export async function holdsAccountOfOthers(tx: ReadTx, id: UserId): Promise<boolean> {
  const found = await tx.get<{ readonly id: UserId }>(
    'SELECT id FROM iam_user WHERE account_holder_id = ? LIMIT 1',
    id,
  );
  return found !== undefined;
}

/** Whose users IAM lists: of everybody, of an account (the one that holds it left out), never root. */
export type UserScope = { readonly kind: 'all' } | { readonly kind: 'account'; readonly accountId: string };

const UNDER_PATH = "role <> 'root' AND substr(path, 1, length(?)) = ?";
const IN_ACCOUNT = 'account_id = ? AND (tenant_id IS NOT NULL OR account_holder_id IS NOT NULL)';

/** Users by name, whose path begins with this. */
export async function listUsers(tx: ReadTx, scope: UserScope, pathPrefix: string): Promise<IamUserRow[]> {
  return scope.kind === 'all'
    ? tx.all<IamUserRow>(`SELECT * FROM iam_user WHERE ${UNDER_PATH} ORDER BY name`, pathPrefix, pathPrefix)
    : tx.all<IamUserRow>(
        `SELECT * FROM iam_user WHERE ${IN_ACCOUNT} AND ${UNDER_PATH} ORDER BY name`,
        scope.accountId,
        pathPrefix,
        pathPrefix,
      );
}

/** Puts a user without tenant into the account of another. */
export async function moveToAccount(
  tx: WriteTx,
  id: UserId,
  holder: Pick<IamUserRow, 'id' | 'account_id'>,
): Promise<void> {
  const sql = 'UPDATE iam_user SET account_id = ?, account_holder_id = ? WHERE id = ?';
  await tx.run(sql, holder.account_id, holder.id, id);
}
