import { findHolder, type HolderRow } from '../../db/tables/attached-policy.ts';
import { findRoleByName, type IamRoleRow } from '../../db/tables/iam-role.ts';
import { type CountedPolicyRow, findManagedPolicy } from '../../db/tables/managed-policy.ts';
import type { ReadTx } from '../../db/tx.ts';
import { policyArn } from '../../domain/arn-names.ts';
import { Failure } from '../../domain/failure.ts';
import { BUILT_IN_ACCOUNT } from '../../domain/iam-rules.ts';
import type { PolicyHolder } from '../../domain/policy-holder.ts';
import { type IamActor, requireChangeableUser, requireIamActor } from './iam-actor.ts';

/** Whose things a caller of IAM reaches: those of its account; who manages the whole install, also policies of others. */
export interface IamScope {
  readonly accountId: string;
  readonly ofAnyAccount: boolean;
  readonly actor: IamActor;
}

/** Whose policies. */
export type PolicyScope = Pick<IamScope, 'accountId' | 'ofAnyAccount'>;

/** A managed policy as its ARN names it. */
export interface PolicyName {
  readonly accountId: string;
  readonly path: string;
  readonly name: string;
}

const POLICY_ARN = /^arn:aws:iam::([0-9]{12}|aws):policy(\/(?:[!-~]+\/)?)([\w+=,.@-]+)$/;

/** Reads the ARN of a managed policy. @throws Failure ValidationError */
export function parsePolicyArn(arn: string): PolicyName {
  const [, accountId, path, name] = POLICY_ARN.exec(arn) ?? [];
  if (accountId === undefined || path === undefined || name === undefined)
    throw new Failure('ValidationError', `ARN ${arn.slice(0, 256)} is not valid.`);
  return { accountId, path, name };
}

/** The policy that an ARN names, where the caller reaches it; those that come with the product everybody does. @throws Failure NoSuchEntity */
export async function requirePolicy(tx: ReadTx, scope: PolicyScope, wanted: PolicyName): Promise<CountedPolicyRow> {
  const { accountId, path, name } = wanted;
  const isReached = scope.ofAnyAccount || accountId === scope.accountId || accountId === BUILT_IN_ACCOUNT;
  const policy = isReached ? await findManagedPolicy(tx, accountId, name) : undefined;
  if (policy === undefined || policy.path !== path)
    throw new Failure('NoSuchEntity', `Policy ${policyArn(accountId, path, name)} was not found.`);
  return policy;
}

/** As `requirePolicy`, for changing it. @throws Failure NoSuchEntity, AccessDenied for a policy that comes with the product */
export async function requireOwnPolicy(tx: ReadTx, scope: IamScope, wanted: PolicyName): Promise<CountedPolicyRow> {
  const policy = await requirePolicy(tx, scope, wanted);
  if (policy.account_id === BUILT_IN_ACCOUNT) throw new Failure('AccessDenied');
  return policy;
}

/** A user, group or role by name. */
export interface HolderName {
  readonly kind: PolicyHolder;
  readonly name: string;
}

/** The user (whom the caller may manage), group or role of this name. @throws Failure AccessDenied, NoSuchEntity */
export async function requireHolder(
  tx: ReadTx,
  scope: IamScope,
  { kind, name }: HolderName,
): Promise<HolderRow & { readonly kind: PolicyHolder }> {
  if (kind === 'user') {
    const actor = await requireIamActor(tx, scope.actor);
    return { ...(await requireChangeableUser(tx, actor, name)), kind };
  }
  const holder = await findHolder(tx, kind, scope.accountId, name);
  if (holder === undefined)
    throw new Failure('NoSuchEntity', `The ${kind} with name ${name.slice(0, 128)} cannot be found.`);
  return { ...holder, kind };
}

export function noSuchVersion(version: number): Failure {
  return new Failure('NoSuchEntity', `Policy version v${version} does not exist.`);
}

export function noSuchInlinePolicy(kind: PolicyHolder, name: string): Failure {
  return new Failure('NoSuchEntity', `The ${kind} policy with name ${name.slice(0, 128)} cannot be found.`);
}

/** The role of this name in the caller's account. @throws Failure NoSuchEntity */
export async function requireRole(tx: ReadTx, { accountId }: IamScope, name: string): Promise<IamRoleRow> {
  const role = await findRoleByName(tx, accountId, name);
  if (role === undefined)
    throw new Failure('NoSuchEntity', `The role with name ${name.slice(0, 128)} cannot be found.`);
  return role;
}
