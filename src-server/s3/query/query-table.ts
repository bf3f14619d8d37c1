import { addUserToGroup } from './operations/add-user-to-group.ts';
import { changePassword } from './operations/change-password.ts';
import { createAccessKey } from './operations/create-access-key.ts';
import { createGroup } from './operations/create-group.ts';
import { createLoginProfile } from './operations/create-login-profile.ts';
import { createUser } from './operations/create-user.ts';
import { deleteAccessKey } from './operations/delete-access-key.ts';
import { deleteGroup } from './operations/delete-group.ts';
import { deleteGroupPolicy } from './operations/delete-group-policy.ts';
import { deleteLoginProfile } from './operations/delete-login-profile.ts';
import { deleteUser } from './operations/delete-user.ts';
import { deleteUserPermissionsBoundary } from './operations/delete-user-permissions-boundary.ts';
import { deleteUserPolicy } from './operations/delete-user-policy.ts';
import { getAccessKeyLastUsed } from './operations/get-access-key-last-used.ts';
import { getAccountSummary } from './operations/get-account-summary.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getGroup } from './operations/get-group.ts';
import { getGroupPolicy } from './operations/get-group-policy.ts';
import { getLoginProfile } from './operations/get-login-profile.ts';
import { getUser } from './operations/get-user.ts';
import { getUserPolicy } from './operations/get-user-policy.ts';
import { listAccessKeys } from './operations/list-access-keys.ts';
import { listAccountAliases } from './operations/list-account-aliases.ts';
import { listGroupPolicies } from './operations/list-group-policies.ts';
import { listGroups } from './operations/list-groups.ts';
import { listGroupsForUser } from './operations/list-groups-for-user.ts';
import { listUserPolicies } from './operations/list-user-policies.ts';
import { listUserTags } from './operations/list-user-tags.ts';
import { listUsers } from './operations/list-users.ts';
import { putGroupPolicy } from './operations/put-group-policy.ts';
import { putUserPermissionsBoundary } from './operations/put-user-permissions-boundary.ts';
import { putUserPolicy } from './operations/put-user-policy.ts';
import { removeUserFromGroup } from './operations/remove-user-from-group.ts';
import { tagUser } from './operations/tag-user.ts';
import { untagUser } from './operations/untag-user.ts';
import { updateAccessKey } from './operations/update-access-key.ts';
import { updateGroup } from './operations/update-group.ts';
import { updateLoginProfile } from './operations/update-login-profile.ts';
import { updateUser } from './operations/update-user.ts';
import type { QueryOperation } from './query-operation.ts';

/** Every action of IAM and STS that this port answers, in the alphabet's order: one row here, one file beside. */
export const QUERY_OPERATIONS: readonly QueryOperation[] = [
  { service: 'iam', action: 'AddUserToGroup', handler: addUserToGroup },
  { service: 'iam', action: 'ChangePassword', handler: changePassword },
  { service: 'iam', action: 'CreateAccessKey', handler: createAccessKey },
  { service: 'iam', action: 'CreateGroup', handler: createGroup },
  { service: 'iam', action: 'CreateLoginProfile', handler: createLoginProfile },
  { service: 'iam', action: 'CreateUser', handler: createUser },
  { service: 'iam', action: 'DeleteAccessKey', handler: deleteAccessKey },
  { service: 'iam', action: 'DeleteGroup', handler: deleteGroup },
  { service: 'iam', action: 'DeleteGroupPolicy', handler: deleteGroupPolicy },
  { service: 'iam', action: 'DeleteLoginProfile', handler: deleteLoginProfile },
  { service: 'iam', action: 'DeleteUser', handler: deleteUser },
  { service: 'iam', action: 'DeleteUserPermissionsBoundary', handler: deleteUserPermissionsBoundary },
  { service: 'iam', action: 'DeleteUserPolicy', handler: deleteUserPolicy },
  { service: 'iam', action: 'GetAccessKeyLastUsed', handler: getAccessKeyLastUsed },
  { service: 'iam', action: 'GetAccountSummary', handler: getAccountSummary },
  { service: 'sts', action: 'GetCallerIdentity', handler: getCallerIdentity },
  { service: 'iam', action: 'GetGroup', handler: getGroup },
  { service: 'iam', action: 'GetGroupPolicy', handler: getGroupPolicy },
  { service: 'iam', action: 'GetLoginProfile', handler: getLoginProfile },
  { service: 'iam', action: 'GetUser', handler: getUser },
  { service: 'iam', action: 'GetUserPolicy', handler: getUserPolicy },
  { service: 'iam', action: 'ListAccessKeys', handler: listAccessKeys },
  { service: 'iam', action: 'ListAccountAliases', handler: listAccountAliases },
  { service: 'iam', action: 'ListGroupPolicies', handler: listGroupPolicies },
  { service: 'iam', action: 'ListGroups', handler: listGroups },
  { service: 'iam', action: 'ListGroupsForUser', handler: listGroupsForUser },
  { service: 'iam', action: 'ListUserPolicies', handler: listUserPolicies },
  { service: 'iam', action: 'ListUserTags', handler: listUserTags },
  { service: 'iam', action: 'ListUsers', handler: listUsers },
  { service: 'iam', action: 'PutGroupPolicy', handler: putGroupPolicy },
  { service: 'iam', action: 'PutUserPermissionsBoundary', handler: putUserPermissionsBoundary },
  { service: 'iam', action: 'PutUserPolicy', handler: putUserPolicy },
  { service: 'iam', action: 'RemoveUserFromGroup', handler: removeUserFromGroup },
  { service: 'iam', action: 'TagUser', handler: tagUser },
  { service: 'iam', action: 'UntagUser', handler: untagUser },
  { service: 'iam', action: 'UpdateAccessKey', handler: updateAccessKey },
  { service: 'iam', action: 'UpdateGroup', handler: updateGroup },
  { service: 'iam', action: 'UpdateLoginProfile', handler: updateLoginProfile },
  { service: 'iam', action: 'UpdateUser', handler: updateUser },
];
