import { insertAttachedPolicy, setBoundary } from '../../db/tables/attached-policy.ts';
import { findGroupByName, insertGroup, insertMember, isMember, updateGroupRow } from '../../db/tables/iam-group.ts';
import { isAttached } from '../../db/tables/iam-holdings.ts';
import { findRoleByName, insertRole, updateRole } from '../../db/tables/iam-role.ts';
import { findUserByName, moveToAccount, setIamColumns } from '../../db/tables/iam-user.ts';
import { type HolderRef, putInlinePolicy } from '../../db/tables/inline-policy.ts';
import {
  deletePolicyVersionRow,
  findManagedPolicy,
  insertManagedPolicy,
  insertPolicyVersion,
  listPolicyVersions,
  updateManagedPolicy,
} from '../../db/tables/managed-policy.ts';
import { findTenantByName } from '../../db/tables/tenant.ts';
import type { ReadTx, WriteTx } from '../../db/tx.ts';
import { BUILT_IN_ACCOUNT, type IamTags } from '../../domain/iam-rules.ts';
import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type {
  AccountName,
  CarriedPolicies,
  GroupOfBundle,
  PolicyName,
  PolicyOfBundle,
  RoleOfBundle,
  UserOfBundle,
} from './access-bundle.ts';

/** The id of an account by who has it here; undefined where nobody of that name has one. */
export async function accountIdOf(tx: ReadTx, account: AccountName): Promise<string | undefined> {
  if (account === BUILT_IN_ACCOUNT) return BUILT_IN_ACCOUNT;
  const [kind, ...rest] = account.split(':');
  const name = rest.join(':');
  if (kind === 'tenant') return (await findTenantByName(tx, name))?.account_id;
  const user = await findUserByName(tx, name);
  return user?.tenant_id === null && user.account_holder_id === null ? user.account_id : undefined;
}

/** Adds a managed policy, or gives the one of its name the versions of the file. */
export async function importPolicy(tx: WriteTx, wanted: PolicyOfBundle, nowMs: EpochMs): Promise<void> {
  const accountId = await accountIdOf(tx, wanted.account);
  if (accountId === undefined) return;
  const stands = await findManagedPolicy(tx, accountId, wanted.name);
  const facts = {
    default_version: wanted.defaultVersion,
    next_version: wanted.nextVersion,
    tags: tagsColumn(wanted.tags),
    updated_ms: nowMs,
  };
  const id = stands?.id ?? tx.nextId();
  if (stands === undefined) {
    const { name, path, uniqueId, description } = wanted;
    const row = { id, account_id: accountId, name, path, unique_id: uniqueId, description, created_ms: nowMs };
    await insertManagedPolicy(tx, { ...row, ...facts });
  } else {
    await updateManagedPolicy(tx, { id, ...facts });
    for (const { version } of await listPolicyVersions(tx, id)) await deletePolicyVersionRow(tx, id, version);
  }
  for (const { version, document } of wanted.versions) {
    await insertPolicyVersion(tx, { policy_id: id, version, document, created_ms: nowMs });
  }
}

/** Puts a user into the account of who held it. */
export async function importAccount(tx: WriteTx, { name, accountHolder }: UserOfBundle): Promise<void> {
  const user = await findUserByName(tx, name);
  const holder = accountHolder === null ? undefined : await findUserByName(tx, accountHolder);
  if (user?.tenant_id !== null || holder === undefined || holder.id === user.id || holder.tenant_id !== null) return;
  if (user.account_holder_id !== holder.id) await moveToAccount(tx, user.id, holder);
}

/** Gives a user what IAM knows of it. */
export async function importUser(tx: WriteTx, wanted: UserOfBundle): Promise<void> {
  const user = await findUserByName(tx, wanted.name);
  if (user === undefined) return;
  const boundary = wanted.boundary === null ? user.boundary_policy_id : await policyIdOf(tx, wanted.boundary);
  await setIamColumns(tx, user.id, {
    ...user,
    path: wanted.path,
    tags: tagsColumn(wanted.tags) ?? user.tags,
    // A boundary that is not here must not lift a limit.
    boundary_policy_id: boundary === undefined ? NO_POLICY : boundary,
  });
  await importCarried(tx, { kind: 'user', id: user.id }, wanted);
}

/** Ids begin at 1: a boundary of this id is one that is gone, and denies (`identity-policies.ts`). */
const NO_POLICY = 0 as SequenceId;

/** Adds a group, or what it lacks of the file's. */
export async function importGroup(tx: WriteTx, wanted: GroupOfBundle, nowMs: EpochMs): Promise<void> {
  const accountId = await accountIdOf(tx, wanted.account);
  if (accountId === undefined) return;
  const { name, path, uniqueId } = wanted;
  const stands = await findGroupByName(tx, accountId, name);
  const id = stands?.id ?? tx.nextId();
  if (stands === undefined) {
    await insertGroup(tx, { id, account_id: accountId, name, path, unique_id: uniqueId, created_ms: nowMs });
  } else await updateGroupRow(tx, { ...stands, path });
  for (const member of wanted.members) {
    const user = await findUserByName(tx, member);
    if (user !== undefined && !(await isMember(tx, id, user.id))) await insertMember(tx, id, user.id);
  }
  await importCarried(tx, { kind: 'group', id }, wanted);
}

/** Adds a role, or what it lacks of the file's. */
export async function importRole(tx: WriteTx, wanted: RoleOfBundle, nowMs: EpochMs): Promise<void> {
  const accountId = await accountIdOf(tx, wanted.account);
  const owner = await findUserByName(tx, wanted.owner);
  if (accountId === undefined || owner?.account_id !== accountId) return;
  const stands = await findRoleByName(tx, accountId, wanted.name);
  const facts = {
    id: stands?.id ?? tx.nextId(),
    trust_policy: wanted.trustPolicy,
    description: wanted.description,
    max_session_seconds: wanted.maxSessionSeconds,
    tags: tagsColumn(wanted.tags),
  };
  if (stands === undefined) await insertRole(tx, { ...newRole(wanted, accountId, owner.id, nowMs), ...facts });
  else await updateRole(tx, facts);
  if (wanted.boundary !== null) {
    const boundary = (await policyIdOf(tx, wanted.boundary)) ?? NO_POLICY;
    await setBoundary(tx, { kind: 'role', id: facts.id }, boundary);
  }
  await importCarried(tx, { kind: 'role', id: facts.id }, wanted);
}

function newRole({ name, path, uniqueId }: RoleOfBundle, accountId: string, ownerId: UserId, nowMs: EpochMs) {
  const ids = { account_id: accountId, unique_id: uniqueId, owner_id: ownerId };
  return { ...ids, name, path, boundary_policy_id: null, created_ms: nowMs };
}

async function importCarried(tx: WriteTx, holder: HolderRef, { inline, attached }: CarriedPolicies): Promise<void> {
  for (const policy of inline) await putInlinePolicy(tx, holder, policy);
  for (const name of attached) {
    const id = await policyIdOf(tx, name);
    if (id !== undefined && !(await isAttached(tx, holder, id))) await insertAttachedPolicy(tx, holder, id);
  }
}

async function policyIdOf(tx: ReadTx, { account, name }: PolicyName): Promise<SequenceId | undefined> {
  const accountId = await accountIdOf(tx, account);
  return accountId === undefined ? undefined : (await findManagedPolicy(tx, accountId, name))?.id;
}

function tagsColumn(tags: IamTags): string | null {
  return Object.keys(tags).length === 0 ? null : JSON.stringify(tags);
}
