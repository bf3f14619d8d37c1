import { requireIamActor, userScopeOf } from '../../commands/support/iam-actor.ts';
import { countHoldings } from '../../db/tables/iam-holdings.ts';
import { listUsers } from '../../db/tables/iam-user.ts';
import {
  MAX_ATTACHED_POLICIES,
  MAX_INLINE_POLICIES,
  MAX_MANAGED_POLICIES,
  MAX_MANAGED_POLICY,
  MAX_POLICY_VERSIONS,
  MAX_ROLES,
  MAX_TRUST_POLICY,
} from '../../domain/iam-rules.ts';
import { MAX_GROUPS, MAX_GROUPS_OF_USER, MAX_USERS } from '../../domain/iam-visibility.ts';
import { MAX_KEYS_PER_USER } from '../../domain/people-rules.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import { actorOf, type IamCaller } from './ask.ts';

/** How much the caller's account has and may have, by IAM's names (IAM API reference, GetAccountSummary). Throws AccessDenied. */
export async function summarizeAccount(
  context: ServiceContext,
  identity: IamCaller,
): Promise<Readonly<Record<string, number>>> {
  await authorize(context, { identity, iamAction: 'iam:GetAccountSummary' });
  const { users, held } = await context.catalogue.read(async (tx) => ({
    users: await listUsers(tx, userScopeOf(await requireIamActor(tx, actorOf(identity))), '/'),
    held: await countHoldings(tx, identity.accountId),
  }));
  return {
    AccessKeysPerUserQuota: MAX_KEYS_PER_USER,
    AssumeRolePolicySizeQuota: MAX_TRUST_POLICY,
    AttachedPoliciesPerGroupQuota: MAX_ATTACHED_POLICIES,
    AttachedPoliciesPerRoleQuota: MAX_ATTACHED_POLICIES,
    AttachedPoliciesPerUserQuota: MAX_ATTACHED_POLICIES,
    GroupPolicySizeQuota: MAX_INLINE_POLICIES.group,
    Groups: held.groups,
    GroupsPerUserQuota: MAX_GROUPS_OF_USER,
    GroupsQuota: MAX_GROUPS,
    Policies: held.policies,
    PoliciesQuota: MAX_MANAGED_POLICIES,
    PolicySizeQuota: MAX_MANAGED_POLICY,
    PolicyVersionsInUse: held.versions,
    RolePolicySizeQuota: MAX_INLINE_POLICIES.role,
    Roles: held.roles,
    RolesQuota: MAX_ROLES,
    UserPolicySizeQuota: MAX_INLINE_POLICIES.user,
    Users: users.length,
    UsersQuota: MAX_USERS,
    VersionsPerPolicyQuota: MAX_POLICY_VERSIONS,
  };
}
