import {
  type HolderName,
  type IamScope,
  type PolicyName,
  parsePolicyArn,
  requireHolder,
} from '../../commands/support/iam-scope.ts';
import type { HolderRow } from '../../db/tables/attached-policy.ts';
import type { ReadTx } from '../../db/tx.ts';
import { groupArn, roleArn, userArn } from '../../domain/arn-names.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { isFailure } from '../../domain/failure.ts';
import { contextOf } from '../../domain/policy/context.ts';
import type { PolicyHolder } from '../../domain/policy-holder.ts';
import { authorize } from '../access/authorize.ts';
import { isOperator } from '../access/is-operator.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

export type { HolderName, IamScope, PolicyName } from '../../commands/support/iam-scope.ts';

/** Who calls IAM. */
export type IamCaller = UserIdentity & Identity;

/** Whose things this caller reaches. */
export function scopeOf(caller: IamCaller): IamScope {
  return {
    accountId: caller.accountId,
    ofAnyAccount: isOperator(caller),
    actor: { userId: caller.userId, isRoleSession: caller.session?.kind === 'role' },
  };
}

/** Asks for permission to do something to one of IAM's things, or (`*`) to all. @throws Failure AccessDenied */
export async function authorizeIam(
  context: ServiceContext,
  caller: IamCaller,
  iamAction: string,
  resource: string,
  facts: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): Promise<void> {
  await authorize(context, { identity: caller, iamAction, resource, facts: contextOf(facts) });
}

/** The ARN of a user, group or role. */
export function holderArn(kind: PolicyHolder, { account_id: accountId, path, name }: Omit<HolderRow, 'id'>): string {
  switch (kind) {
    case 'user':
      return userArn(accountId, path, name);
    case 'group':
      return groupArn(accountId, path, name);
    case 'role':
      return roleArn(accountId, path, name);
    default:
      return assertNever(kind);
  }
}

/**
 * Asks for permission to do something to a user, group or role. One that is not there is asked about as if it were, so that only who may know
 * learns that it is not.
 *
 * @throws Failure AccessDenied
 */
export async function authorizeOnHolder(
  context: ServiceContext,
  caller: IamCaller,
  iamAction: string,
  { kind, name }: HolderName,
  facts: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): Promise<void> {
  const found = await context.catalogue.read((tx) => look(tx, caller, { kind, name }));
  const named = found ?? { account_id: caller.accountId, path: '/', name };
  await authorizeIam(context, caller, iamAction, holderArn(kind, named), facts);
}

async function look(tx: ReadTx, caller: IamCaller, holder: HolderName): Promise<HolderRow | undefined> {
  try {
    return await requireHolder(tx, scopeOf(caller), holder);
  } catch (error) {
    if (isFailure(error, 'NoSuchEntity')) return undefined;
    throw error;
  }
}

/** `User`, `Group`, `Role`: how the names of IAM's actions spell it. */
export function kindWord(kind: PolicyHolder): 'User' | 'Group' | 'Role' {
  const words = { user: 'User', group: 'Group', role: 'Role' } as const;
  return words[kind];
}

/** Reads the ARN of a policy and asks for permission to do something to it. @throws Failure ValidationError, AccessDenied */
export async function authorizeOnPolicy(
  context: ServiceContext,
  caller: IamCaller,
  iamAction: string,
  arn: string,
): Promise<PolicyName> {
  const policy = parsePolicyArn(arn);
  await authorizeIam(context, caller, iamAction, arn);
  return policy;
}
