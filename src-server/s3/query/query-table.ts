import { addUserToGroup } from './operations/add-user-to-group.ts';
import { assumeRole } from './operations/assume-role.ts';
import { attachGroupPolicy } from './operations/attach-group-policy.ts';
import { attachRolePolicy } from './operations/attach-role-policy.ts';
import { attachUserPolicy } from './operations/attach-user-policy.ts';
import { changePassword } from './operations/change-password.ts';
import { createAccessKey } from './operations/create-access-key.ts';
import { createGroup } from './operations/create-group.ts';
import { createLoginProfile } from './operations/create-login-profile.ts';
import { createPolicy } from './operations/create-policy.ts';
import { createPolicyVersion } from './operations/create-policy-version.ts';
import { createRole } from './operations/create-role.ts';
import { createUser } from './operations/create-user.ts';
import { deleteAccessKey } from './operations/delete-access-key.ts';
import { deleteGroup } from './operations/delete-group.ts';
import { deleteGroupPolicy } from './operations/delete-group-policy.ts';
import { deleteLoginProfile } from './operations/delete-login-profile.ts';
import { deletePolicy } from './operations/delete-policy.ts';
import { deletePolicyVersion } from './operations/delete-policy-version.ts';
import { deleteRole } from './operations/delete-role.ts';
import { deleteRolePermissionsBoundary } from './operations/delete-role-permissions-boundary.ts';
import { deleteRolePolicy } from './operations/delete-role-policy.ts';
import { deleteUser } from './operations/delete-user.ts';
import { deleteUserPermissionsBoundary } from './operations/delete-user-permissions-boundary.ts';
import { deleteUserPolicy } from './operations/delete-user-policy.ts';
import { detachGroupPolicy } from './operations/detach-group-policy.ts';
import { detachRolePolicy } from './operations/detach-role-policy.ts';
import { detachUserPolicy } from './operations/detach-user-policy.ts';
import { getAccessKeyInfo } from './operations/get-access-key-info.ts';
import { getAccessKeyLastUsed } from './operations/get-access-key-last-used.ts';
import { getAccountSummary } from './operations/get-account-summary.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getGroup } from './operations/get-group.ts';
import { getGroupPolicy } from './operations/get-group-policy.ts';
import { getLoginProfile } from './operations/get-login-profile.ts';
import { getPolicy } from './operations/get-policy.ts';
import { getPolicyVersion } from './operations/get-policy-version.ts';
import { getRole } from './operations/get-role.ts';
import { getRolePolicy } from './operations/get-role-policy.ts';
import { getSessionToken } from './operations/get-session-token.ts';
import { getUser } from './operations/get-user.ts';
import { getUserPolicy } from './operations/get-user-policy.ts';
import { listAccessKeys } from './operations/list-access-keys.ts';
import { listAccountAliases } from './operations/list-account-aliases.ts';
import { listAttachedGroupPolicies } from './operations/list-attached-group-policies.ts';
import { listAttachedRolePolicies } from './operations/list-attached-role-policies.ts';
import { listAttachedUserPolicies } from './operations/list-attached-user-policies.ts';
import { listEntitiesForPolicy } from './operations/list-entities-for-policy.ts';
import { listGroupPolicies } from './operations/list-group-policies.ts';
import { listGroups } from './operations/list-groups.ts';
import { listGroupsForUser } from './operations/list-groups-for-user.ts';
import { listPolicies } from './operations/list-policies.ts';
import { listPolicyTags } from './operations/list-policy-tags.ts';
import { listPolicyVersions } from './operations/list-policy-versions.ts';
import { listRolePolicies } from './operations/list-role-policies.ts';
import { listRoleTags } from './operations/list-role-tags.ts';
import { listRoles } from './operations/list-roles.ts';
import { listUserPolicies } from './operations/list-user-policies.ts';
import { listUserTags } from './operations/list-user-tags.ts';
import { listUsers } from './operations/list-users.ts';
import { putGroupPolicy } from './operations/put-group-policy.ts';
import { putRolePermissionsBoundary } from './operations/put-role-permissions-boundary.ts';
import { putRolePolicy } from './operations/put-role-policy.ts';
import { putUserPermissionsBoundary } from './operations/put-user-permissions-boundary.ts';
import { putUserPolicy } from './operations/put-user-policy.ts';
import { removeUserFromGroup } from './operations/remove-user-from-group.ts';
import { setDefaultPolicyVersion } from './operations/set-default-policy-version.ts';
import { simulateCustomPolicy } from './operations/simulate-custom-policy.ts';
import { simulatePrincipalPolicy } from './operations/simulate-principal-policy.ts';
import { tagPolicy } from './operations/tag-policy.ts';
import { tagRole } from './operations/tag-role.ts';
import { tagUser } from './operations/tag-user.ts';
import { untagPolicy } from './operations/untag-policy.ts';
import { untagRole } from './operations/untag-role.ts';
import { untagUser } from './operations/untag-user.ts';
import { updateAccessKey } from './operations/update-access-key.ts';
import { updateAssumeRolePolicy } from './operations/update-assume-role-policy.ts';
import { updateGroup } from './operations/update-group.ts';
import { updateLoginProfile } from './operations/update-login-profile.ts';
import { updateRole } from './operations/update-role.ts';
import { updateRoleDescription } from './operations/update-role-description.ts';
import { updateUser } from './operations/update-user.ts';
import type { QueryOperation } from './query-operation.ts';

/** Every action of IAM and STS that this port answers, in the alphabet's order: one row here, one file beside. */
export const QUERY_OPERATIONS: readonly QueryOperation[] = [
  { service: 'iam', action: 'AddUserToGroup', handler: addUserToGroup },
  { service: 'sts', action: 'AssumeRole', handler: assumeRole },
  { service: 'iam', action: 'AttachGroupPolicy', handler: attachGroupPolicy },
  { service: 'iam', action: 'AttachRolePolicy', handler: attachRolePolicy },
  { service: 'iam', action: 'AttachUserPolicy', handler: attachUserPolicy },
  { service: 'iam', action: 'ChangePassword', handler: changePassword },
  { service: 'iam', action: 'CreateAccessKey', handler: createAccessKey },
  { service: 'iam', action: 'CreateGroup', handler: createGroup },
  { service: 'iam', action: 'CreateLoginProfile', handler: createLoginProfile },
  { service: 'iam', action: 'CreatePolicy', handler: createPolicy },
  { service: 'iam', action: 'CreatePolicyVersion', handler: createPolicyVersion },
  { service: 'iam', action: 'CreateRole', handler: createRole },
  { service: 'iam', action: 'CreateUser', handler: createUser },
  { service: 'iam', action: 'DeleteAccessKey', handler: deleteAccessKey },
  { service: 'iam', action: 'DeleteGroup', handler: deleteGroup },
  { service: 'iam', action: 'DeleteGroupPolicy', handler: deleteGroupPolicy },
  { service: 'iam', action: 'DeleteLoginProfile', handler: deleteLoginProfile },
  { service: 'iam', action: 'DeletePolicy', handler: deletePolicy },
  { service: 'iam', action: 'DeletePolicyVersion', handler: deletePolicyVersion },
  { service: 'iam', action: 'DeleteRole', handler: deleteRole },
  { service: 'iam', action: 'DeleteRolePermissionsBoundary', handler: deleteRolePermissionsBoundary },
  { service: 'iam', action: 'DeleteRolePolicy', handler: deleteRolePolicy },
  { service: 'iam', action: 'DeleteUser', handler: deleteUser },
  { service: 'iam', action: 'DeleteUserPermissionsBoundary', handler: deleteUserPermissionsBoundary },
  { service: 'iam', action: 'DeleteUserPolicy', handler: deleteUserPolicy },
  { service: 'iam', action: 'DetachGroupPolicy', handler: detachGroupPolicy },
  { service: 'iam', action: 'DetachRolePolicy', handler: detachRolePolicy },
  { service: 'iam', action: 'DetachUserPolicy', handler: detachUserPolicy },
  { service: 'sts', action: 'GetAccessKeyInfo', handler: getAccessKeyInfo },
  { service: 'iam', action: 'GetAccessKeyLastUsed', handler: getAccessKeyLastUsed },
  { service: 'iam', action: 'GetAccountSummary', handler: getAccountSummary },
  { service: 'sts', action: 'GetCallerIdentity', handler: getCallerIdentity },
  { service: 'iam', action: 'GetGroup', handler: getGroup },
  { service: 'iam', action: 'GetGroupPolicy', handler: getGroupPolicy },
  { service: 'iam', action: 'GetLoginProfile', handler: getLoginProfile },
  { service: 'iam', action: 'GetPolicy', handler: getPolicy },
  { service: 'iam', action: 'GetPolicyVersion', handler: getPolicyVersion },
  { service: 'iam', action: 'GetRole', handler: getRole },
  { service: 'iam', action: 'GetRolePolicy', handler: getRolePolicy },
  { service: 'sts', action: 'GetSessionToken', handler: getSessionToken },
  { service: 'iam', action: 'GetUser', handler: getUser },
  { service: 'iam', action: 'GetUserPolicy', handler: getUserPolicy },
  { service: 'iam', action: 'ListAccessKeys', handler: listAccessKeys },
  { service: 'iam', action: 'ListAccountAliases', handler: listAccountAliases },
  { service: 'iam', action: 'ListAttachedGroupPolicies', handler: listAttachedGroupPolicies },
  { service: 'iam', action: 'ListAttachedRolePolicies', handler: listAttachedRolePolicies },
  { service: 'iam', action: 'ListAttachedUserPolicies', handler: listAttachedUserPolicies },
  { service: 'iam', action: 'ListEntitiesForPolicy', handler: listEntitiesForPolicy },
  { service: 'iam', action: 'ListGroupPolicies', handler: listGroupPolicies },
  { service: 'iam', action: 'ListGroups', handler: listGroups },
  { service: 'iam', action: 'ListGroupsForUser', handler: listGroupsForUser },
  { service: 'iam', action: 'ListPolicies', handler: listPolicies },
  { service: 'iam', action: 'ListPolicyTags', handler: listPolicyTags },
  { service: 'iam', action: 'ListPolicyVersions', handler: listPolicyVersions },
  { service: 'iam', action: 'ListRolePolicies', handler: listRolePolicies },
  { service: 'iam', action: 'ListRoleTags', handler: listRoleTags },
  { service: 'iam', action: 'ListRoles', handler: listRoles },
  { service: 'iam', action: 'ListUserPolicies', handler: listUserPolicies },
  { service: 'iam', action: 'ListUserTags', handler: listUserTags },
  { service: 'iam', action: 'ListUsers', handler: listUsers },
  { service: 'iam', action: 'PutGroupPolicy', handler: putGroupPolicy },
  { service: 'iam', action: 'PutRolePermissionsBoundary', handler: putRolePermissionsBoundary },
  { service: 'iam', action: 'PutRolePolicy', handler: putRolePolicy },
  { service: 'iam', action: 'PutUserPermissionsBoundary', handler: putUserPermissionsBoundary },
  { service: 'iam', action: 'PutUserPolicy', handler: putUserPolicy },
  { service: 'iam', action: 'RemoveUserFromGroup', handler: removeUserFromGroup },
  { service: 'iam', action: 'SetDefaultPolicyVersion', handler: setDefaultPolicyVersion },
  { service: 'iam', action: 'SimulateCustomPolicy', handler: simulateCustomPolicy },
  { service: 'iam', action: 'SimulatePrincipalPolicy', handler: simulatePrincipalPolicy },
  { service: 'iam', action: 'TagPolicy', handler: tagPolicy },
  { service: 'iam', action: 'TagRole', handler: tagRole },
  { service: 'iam', action: 'TagUser', handler: tagUser },
  { service: 'iam', action: 'UntagPolicy', handler: untagPolicy },
  { service: 'iam', action: 'UntagRole', handler: untagRole },
  { service: 'iam', action: 'UntagUser', handler: untagUser },
  { service: 'iam', action: 'UpdateAccessKey', handler: updateAccessKey },
  { service: 'iam', action: 'UpdateAssumeRolePolicy', handler: updateAssumeRolePolicy },
  { service: 'iam', action: 'UpdateGroup', handler: updateGroup },
  { service: 'iam', action: 'UpdateLoginProfile', handler: updateLoginProfile },
  { service: 'iam', action: 'UpdateRole', handler: updateRole },
  { service: 'iam', action: 'UpdateRoleDescription', handler: updateRoleDescription },
  { service: 'iam', action: 'UpdateUser', handler: updateUser },
];
