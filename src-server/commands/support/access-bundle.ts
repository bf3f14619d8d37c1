import { listAttachedPolicies } from '../../db/tables/attached-policy.ts';
import { listAllGroups, listMembers } from '../../db/tables/iam-group.ts';
import { listAllRoles } from '../../db/tables/iam-role.ts';
import { findLoneUserByAccount, findUserById, listUsers } from '../../db/tables/iam-user.ts';
import { type HolderRef, listInlinePolicies } from '../../db/tables/inline-policy.ts';
import { findManagedPolicyById, listEveryPolicy, listPolicyVersions } from '../../db/tables/managed-policy.ts';
import { findTenantByAccount } from '../../db/tables/tenant.ts';
import type { ReadTx } from '../../db/tx.ts';
import { BUILT_IN_ACCOUNT, type IamTags } from '../../domain/iam-rules.ts';
import type { SequenceId } from '../../domain/ids.ts';

/** An account by who has it, as another install can find it: `tenant:NAME`, `user:NAME`, or `aws` for what is built in. */
export type AccountName = string;

/** A managed policy by name. */
export interface PolicyName {
  readonly account: AccountName;
  readonly name: string;
}

/** What somebody carries. */
export interface CarriedPolicies {
  readonly inline: readonly { readonly name: string; readonly document: string }[];
  readonly attached: readonly PolicyName[];
}

export interface PolicyOfBundle extends PolicyName {
  readonly path: string;
  readonly uniqueId: string;
  readonly description: string;
  readonly defaultVersion: number;
  readonly nextVersion: number;
  readonly tags: IamTags;
  readonly versions: readonly { readonly version: number; readonly document: string }[];
}

export interface GroupOfBundle extends CarriedPolicies {
  readonly account: AccountName;
  readonly name: string;
  readonly path: string;
  readonly uniqueId: string;
  readonly members: readonly string[];
}

export interface RoleOfBundle extends CarriedPolicies {
  readonly account: AccountName;
  readonly name: string;
  readonly path: string;
  readonly uniqueId: string;
  readonly owner: string;
  readonly trustPolicy: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly tags: IamTags;
  readonly boundary: PolicyName | null;
}

/** What IAM alone knows of a user. */
export interface UserOfBundle extends CarriedPolicies {
  readonly name: string;
  readonly path: string;
  readonly tags: IamTags;
  readonly boundary: PolicyName | null;
  /** In whose account the user is; null: a tenant's or their own. */
  readonly accountHolder: string | null;
}

/** Who may do what, without secrets: what a configuration file carries of it. */
export interface AccessBundle {
  readonly policies: readonly PolicyOfBundle[];
  readonly users: readonly UserOfBundle[];
  readonly groups: readonly GroupOfBundle[];
  readonly roles: readonly RoleOfBundle[];
}

/** The bundle of this install. Built-in policies stand in none; users of whom IAM knows nothing of its own neither. */
export async function readAccess(tx: ReadTx): Promise<AccessBundle> {
  return {
    policies: await readPolicies(tx),
    users: await readUsers(tx),
    groups: await readGroups(tx),
    roles: await readRoles(tx),
  };
}

async function readPolicies(tx: ReadTx): Promise<PolicyOfBundle[]> {
  const found: PolicyOfBundle[] = [];
  for (const row of await listEveryPolicy(tx)) {
    const account = await accountNameOf(tx, row.account_id);
    if (account === undefined || account === BUILT_IN_ACCOUNT) continue;
    const versions = await listPolicyVersions(tx, row.id);
    found.push({
      account,
      name: row.name,
      path: row.path,
      uniqueId: row.unique_id,
      description: row.description,
      defaultVersion: row.default_version,
      nextVersion: row.next_version,
      tags: tagsOf(row.tags),
      versions: versions.map(({ version, document }) => ({ version, document })),
    });
  }
  return found;
}

async function readUsers(tx: ReadTx): Promise<UserOfBundle[]> {
  const found: UserOfBundle[] = [];
  for (const row of await listUsers(tx, { kind: 'all' }, '/')) {
    const holder = row.account_holder_id === null ? undefined : await findUserById(tx, row.account_holder_id);
    const user: UserOfBundle = {
      name: row.name,
      path: row.path,
      tags: tagsOf(row.tags),
      boundary: await policyNameOf(tx, row.boundary_policy_id),
      accountHolder: holder?.name ?? null,
      ...(await readCarried(tx, { kind: 'user', id: row.id })),
    };
    if (hasFacts(user)) found.push(user);
  }
  return found;
}

function hasFacts({ path, tags, boundary, accountHolder, inline, attached }: UserOfBundle): boolean {
  const counts = [Object.keys(tags).length, inline.length, attached.length];
  return path !== '/' || boundary !== null || accountHolder !== null || counts.some((count) => count > 0);
}

async function readGroups(tx: ReadTx): Promise<GroupOfBundle[]> {
  const found: GroupOfBundle[] = [];
  for (const row of await listAllGroups(tx)) {
    const account = await accountNameOf(tx, row.account_id);
    if (account === undefined) continue;
    const members = (await listMembers(tx, row.id)).map(({ name }) => name);
    const carried = await readCarried(tx, { kind: 'group', id: row.id });
    found.push({ account, name: row.name, path: row.path, uniqueId: row.unique_id, members, ...carried });
  }
  return found;
}

async function readRoles(tx: ReadTx): Promise<RoleOfBundle[]> {
  const found: RoleOfBundle[] = [];
  for (const row of await listAllRoles(tx)) {
    const account = await accountNameOf(tx, row.account_id);
    const owner = await findUserById(tx, row.owner_id);
    if (account === undefined || owner === undefined) continue;
    found.push({
      account,
      name: row.name,
      path: row.path,
      uniqueId: row.unique_id,
      owner: owner.name,
      trustPolicy: row.trust_policy,
      description: row.description,
      maxSessionSeconds: row.max_session_seconds,
      tags: tagsOf(row.tags),
      boundary: await policyNameOf(tx, row.boundary_policy_id),
      ...(await readCarried(tx, { kind: 'role', id: row.id })),
    });
  }
  return found;
}

async function readCarried(tx: ReadTx, holder: HolderRef): Promise<CarriedPolicies> {
  const attached: PolicyName[] = [];
  for (const { id } of await listAttachedPolicies(tx, holder)) {
    const name = await policyNameOf(tx, id);
    if (name !== null) attached.push(name);
  }
  const inline = (await listInlinePolicies(tx, holder)).map(({ name, document }) => ({ name, document }));
  return { inline, attached };
}

async function policyNameOf(tx: ReadTx, id: SequenceId | null): Promise<PolicyName | null> {
  const row = id === null ? undefined : await findManagedPolicyById(tx, id);
  const account = row && (await accountNameOf(tx, row.account_id));
  return row === undefined || account === undefined ? null : { account, name: row.name };
}

async function accountNameOf(tx: ReadTx, accountId: string): Promise<AccountName | undefined> {
  if (accountId === BUILT_IN_ACCOUNT) return BUILT_IN_ACCOUNT;
  const tenant = await findTenantByAccount(tx, accountId);
  if (tenant !== undefined) return `tenant:${tenant.name}`;
  const holder = await findLoneUserByAccount(tx, accountId);
  return holder && `user:${holder.name}`;
}

function tagsOf(column: string | null): IamTags {
  // The column is written by the commands of IAM only.
  return column === null ? {} : (JSON.parse(column) as IamTags);
}
