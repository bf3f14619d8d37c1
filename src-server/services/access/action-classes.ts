/**
 * What an IAM action of S3 asks for, as the roles of this version see it:
 * `list-own-buckets` any signed-in user; `create-bucket` all but readonly; `read` and `write` by the bucket's owner;
 * `govern` admins of the bucket's account and of the install;
 * `own-sign-in` any person, for their own password and second factor; `own-account` oneself, by the ARN that is asked about, and admins;
 * `assume` what a role's trust policy has its say on (`services/sts`); `account` any signed-in user with a role, for what concerns themselves; `administer` admins, for those they may manage. Whose account
 * or key it is the command decides, in its own transaction (`domain/people-rules.ts`); `operate` root and admins of no
 * tenant, for what concerns the whole appliance.
 */
export type ActionClass =
  | 'list-own-buckets'
  | 'create-bucket'
  | 'read'
  | 'write'
  | 'own-sign-in'
  | 'own-account'
  | 'govern'
  | 'account'
  | 'assume'
  | 'administer'
  | 'operate';

/**
 * Every IAM action of S3's general-purpose buckets (service authorization reference, "Actions defined by Amazon S3"), and
 * those of IAM itself that the console asks for.
 * An action that is not here is denied to everybody.
 */
const ACTION_CLASSES: ReadonlyMap<string, ActionClass> = new Map<string, ActionClass>([
  ['s3:ListAllMyBuckets', 'list-own-buckets'],
  ['s3:CreateBucket', 'create-bucket'],
  ...classed('read', [
    's3:GetAccelerateConfiguration',
    's3:GetAnalyticsConfiguration',
    's3:GetBucketAbac',
    's3:GetBucketAcl',
    's3:GetBucketCORS',
    's3:GetBucketLocation',
    's3:GetBucketLogging',
    's3:GetBucketMetadataConfiguration',
    's3:GetBucketMetadataTableConfiguration',
    's3:GetBucketNotification',
    's3:GetBucketObjectLockConfiguration',
    's3:GetBucketOwnershipControls',
    's3:GetBucketPolicy',
    's3:GetBucketPolicyStatus',
    's3:GetBucketPublicAccessBlock',
    's3:GetBucketRequestPayment',
    's3:GetBucketTagging',
    's3:GetBucketVersioning',
    's3:GetBucketWebsite',
    's3:GetEncryptionConfiguration',
    's3:GetIntelligentTieringConfiguration',
    's3:GetInventoryConfiguration',
    's3:GetLifecycleConfiguration',
    's3:GetMetricsConfiguration',
    's3:GetObject',
    's3:GetObjectAcl',
    's3:GetObjectAnnotation',
    's3:GetObjectAttributes',
    's3:GetObjectLegalHold',
    's3:GetObjectRetention',
    's3:GetObjectTagging',
    's3:GetObjectTorrent',
    's3:GetObjectVersion',
    's3:GetObjectVersionAcl',
    's3:GetObjectVersionAttributes',
    's3:GetObjectVersionTagging',
    's3:GetObjectVersionTorrent',
    's3:GetReplicationConfiguration',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
    's3:ListBucketVersions',
    's3:ListMultipartUploadParts',
    's3:ListObjectAnnotations',
  ]),
  ...classed('write', [
    's3:AbortMultipartUpload',
    's3:BypassGovernanceRetention',
    's3:CreateBucketMetadataConfiguration',
    's3:CreateBucketMetadataTableConfiguration',
    's3:DeleteBucket',
    's3:DeleteBucketMetadataConfiguration',
    's3:DeleteBucketMetadataTableConfiguration',
    's3:DeleteBucketPolicy',
    's3:DeleteBucketWebsite',
    's3:DeleteObject',
    's3:DeleteObjectAnnotation',
    's3:DeleteObjectTagging',
    's3:DeleteObjectVersion',
    's3:DeleteObjectVersionTagging',
    's3:PutAccelerateConfiguration',
    's3:PutAnalyticsConfiguration',
    's3:PutBucketAbac',
    's3:PutBucketAcl',
    's3:PutBucketCORS',
    's3:PutBucketLogging',
    's3:PutBucketNotification',
    's3:PutBucketObjectLockConfiguration',
    's3:PutBucketOwnershipControls',
    's3:PutBucketPolicy',
    's3:PutBucketPublicAccessBlock',
    's3:PutBucketRequestPayment',
    's3:PutBucketTagging',
    's3:PutBucketVersioning',
    's3:PutBucketWebsite',
    's3:PutEncryptionConfiguration',
    's3:PutIntelligentTieringConfiguration',
    's3:PutInventoryConfiguration',
    's3:PutLifecycleConfiguration',
    's3:PutMetricsConfiguration',
    's3:PutObject',
    's3:PutObjectAcl',
    's3:PutObjectAnnotation',
    's3:PutObjectLegalHold',
    's3:PutObjectRetention',
    's3:PutObjectTagging',
    's3:PutObjectVersionAcl',
    's3:PutObjectVersionTagging',
    's3:PutReplicationConfiguration',
    's3:RestoreObject',
    's3:UpdateBucketMetadataAnnotationTableConfiguration',
    's3:UpdateBucketMetadataInventoryTableConfiguration',
    's3:UpdateBucketMetadataJournalTableConfiguration',
    's3:UpdateObjectEncryption',
    'stowage:PutBucketSosapi',
  ]),
  ...classed('own-sign-in', ['iam:ChangePassword', 'iam:DeactivateMFADevice', 'iam:EnableMFADevice']),
  ['stowage:PutBucketQuota', 'govern'],
  ...classed('account', [
    'iam:CreateAccessKey',
    'iam:DeleteAccessKey',
    'iam:GetAccessKeyLastUsed',
    'iam:ListAccessKeys',
    'iam:UpdateAccessKey',
    'sts:GetAccessKeyInfo',
  ]),
  ...classed('own-account', [
    'iam:GetLoginProfile',
    'iam:GetUser',
    'iam:GetUserPolicy',
    'iam:ListAttachedUserPolicies',
    'iam:ListGroupsForUser',
    'iam:ListUserPolicies',
    'iam:ListUserTags',
  ]),
  ...classed('assume', ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession']),
  ...classed('administer', [
    'stowage:ReadAudit',
    'iam:AddUserToGroup',
    'iam:AttachGroupPolicy',
    'iam:AttachRolePolicy',
    'iam:AttachUserPolicy',
    'iam:CreateGroup',
    'iam:CreateLoginProfile',
    'iam:CreatePolicy',
    'iam:CreatePolicyVersion',
    'iam:CreateRole',
    'iam:CreateUser',
    'iam:DeleteGroup',
    'iam:DeleteGroupPolicy',
    'iam:DeleteLoginProfile',
    'iam:DeletePolicy',
    'iam:DeletePolicyVersion',
    'iam:DeleteRole',
    'iam:DeleteRolePermissionsBoundary',
    'iam:DeleteRolePolicy',
    'iam:DeleteUser',
    'iam:DeleteUserPermissionsBoundary',
    'iam:DeleteUserPolicy',
    'iam:DetachGroupPolicy',
    'iam:DetachRolePolicy',
    'iam:DetachUserPolicy',
    'iam:GetAccountSummary',
    'iam:GetGroup',
    'iam:GetGroupPolicy',
    'iam:GetPolicy',
    'iam:GetPolicyVersion',
    'iam:GetRole',
    'iam:GetRolePolicy',
    'iam:ListAccountAliases',
    'iam:ListAttachedGroupPolicies',
    'iam:ListAttachedRolePolicies',
    'iam:ListEntitiesForPolicy',
    'iam:ListGroupPolicies',
    'iam:ListGroups',
    'iam:ListPolicies',
    'iam:ListPolicyTags',
    'iam:ListPolicyVersions',
    'iam:ListRolePolicies',
    'iam:ListRoleTags',
    'iam:ListRoles',
    'iam:ListUsers',
    'iam:PutGroupPolicy',
    'iam:PutRolePermissionsBoundary',
    'iam:PutRolePolicy',
    'iam:PutUserPermissionsBoundary',
    'iam:PutUserPolicy',
    'iam:RemoveUserFromGroup',
    'iam:ResyncMFADevice',
    'iam:SetDefaultPolicyVersion',
    'iam:SimulateCustomPolicy',
    'iam:SimulatePrincipalPolicy',
    'iam:TagPolicy',
    'iam:TagRole',
    'iam:TagUser',
    'iam:UntagPolicy',
    'iam:UntagRole',
    'iam:UntagUser',
    'iam:UpdateAssumeRolePolicy',
    'iam:UpdateGroup',
    'iam:UpdateLoginProfile',
    'iam:UpdateRole',
    'iam:UpdateUser',
  ]),
  ...classed('operate', [
    'stowage:ChangeSettings',
    'stowage:FinishSetup',
    'stowage:ManageTenants',
    'stowage:MoveConfiguration',
    'stowage:ReadAppliance',
    'stowage:RunJob',
  ]),
]);

function classed(actionClass: ActionClass, actions: readonly string[]): [string, ActionClass][] {
  return actions.map((action) => [action, actionClass]);
}

/** The class of an IAM action, or undefined for one that S3 does not have. */
export function classOfAction(iamAction: string): ActionClass | undefined {
  return ACTION_CLASSES.get(iamAction);
}

/** What of IAM a key that has a policy of its own can do at all: look, and make or remove keys, which are then as narrow as itself. */
const IAM_OF_NARROW_KEYS = /^iam:(?:(?:Get|List|Simulate)\w+|CreateAccessKey|DeleteAccessKey)$/;

/** May a key with a policy of its own ask for this action, whatever that policy says? Else it could make itself a wider one. */
export function isForNarrowKeys(iamAction: string): boolean {
  return !iamAction.startsWith('iam:') || IAM_OF_NARROW_KEYS.test(iamAction);
}

/** Names of all S3 actions that somebody could be allowed. */
export const S3_ACTIONS: readonly string[] = [...ACTION_CLASSES.keys()].filter((action) => action.startsWith('s3:'));
