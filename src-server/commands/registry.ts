import { abortUpload } from './abort-upload.ts';
import { addGroupMember } from './add-group-member.ts';
import { applyProvisioning } from './apply-provisioning.ts';
import { attachPolicy } from './attach-policy.ts';
import { beginOperation } from './begin-operation.ts';
import { beginSecondFactor } from './begin-second-factor.ts';
import { binObjects } from './bin-objects.ts';
import { changePassword } from './change-password.ts';
import { changeShare } from './change-share.ts';
import { claimSetup } from './claim-setup.ts';
import { closeOtherSessions } from './close-other-sessions.ts';
import { closeSession } from './close-session.ts';
import { closeSessionsOf } from './close-sessions-of.ts';
import { collectGarbage } from './collect-garbage.ts';
import type { Command } from './command.ts';
import { completeUpload } from './complete-upload.ts';
import { confirmLockClock } from './confirm-lock-clock.ts';
import { confirmSecondFactor } from './confirm-second-factor.ts';
import { copyObject } from './copy-object.ts';
import { copyPart } from './copy-part.ts';
import { correctCounters } from './correct-counters.ts';
import { createAccessKey } from './create-access-key.ts';
import { createBucket } from './create-bucket.ts';
import { createGroup } from './create-group.ts';
import { createIamRole } from './create-iam-role.ts';
import { createIamUser } from './create-iam-user.ts';
import { createManagedPolicy } from './create-managed-policy.ts';
import { createOperation } from './create-operation.ts';
import { createPolicyVersion } from './create-policy-version.ts';
import { createShare } from './create-share.ts';
import { createTenant } from './create-tenant.ts';
import { createUpload } from './create-upload.ts';
import { createUser } from './create-user.ts';
import { deleteAccessKey } from './delete-access-key.ts';
import { deleteBucket } from './delete-bucket.ts';
import { deleteGroup } from './delete-group.ts';
import { deleteHolderPolicy } from './delete-holder-policy.ts';
import { deleteIamRole } from './delete-iam-role.ts';
import { deleteIamUser } from './delete-iam-user.ts';
import { deleteInlinePolicy } from './delete-inline-policy.ts';
import { deleteManagedPolicy } from './delete-managed-policy.ts';
import { deleteObject } from './delete-object.ts';
import { deleteObjects } from './delete-objects.ts';
import { deletePolicyVersion } from './delete-policy-version.ts';
import { deleteUser } from './delete-user.ts';
import { detachPolicy } from './detach-policy.ts';
import { doomSegments } from './doom-segments.ts';
import { endSecondFactor } from './end-second-factor.ts';
import { finishOperation } from './finish-operation.ts';
import { forgetBatch } from './forget-batch.ts';
import { forgetContainers } from './forget-containers.ts';
import { forgetStsSessions } from './forget-sts-sessions.ts';
import { importConfiguration } from './import-configuration.ts';
import { noteCopy } from './note-copy.ts';
import { noteExport } from './note-export.ts';
import { noteKeyUses } from './note-key-uses.ts';
import { noteProgress } from './note-progress.ts';
import { noteShareUse } from './note-share-use.ts';
import { openSession } from './open-session.ts';
import { openStsSession } from './open-sts-session.ts';
import { pruneOperations } from './prune-operations.ts';
import { purgeBinned } from './purge-binned.ts';
import { putBucketAcl } from './put-bucket-acl.ts';
import { putBucketCors } from './put-bucket-cors.ts';
import { putBucketEncryption } from './put-bucket-encryption.ts';
import { putBucketObjectLock } from './put-bucket-object-lock.ts';
import { putBucketOwnershipControls } from './put-bucket-ownership-controls.ts';
import { putBucketPolicy } from './put-bucket-policy.ts';
import { putBucketQuota } from './put-bucket-quota.ts';
import { putBucketRequestPayment } from './put-bucket-request-payment.ts';
import { putBucketSosapi } from './put-bucket-sosapi.ts';
import { putBucketTagging } from './put-bucket-tagging.ts';
import { putBucketVersioning } from './put-bucket-versioning.ts';
import { putHolderPolicy } from './put-holder-policy.ts';
import { putInlinePolicy } from './put-inline-policy.ts';
import { putLoginProfile } from './put-login-profile.ts';
import { putObject } from './put-object.ts';
import { putObjectAcl } from './put-object-acl.ts';
import { putObjectLegalHold } from './put-object-legal-hold.ts';
import { putObjectRetention } from './put-object-retention.ts';
import { putObjectTagging } from './put-object-tagging.ts';
import { putPart } from './put-part.ts';
import { putPasswordLink } from './put-password-link.ts';
import { putPublicAccessBlock } from './put-public-access-block.ts';
import { putRootKey } from './put-root-key.ts';
import { putSettings } from './put-settings.ts';
import { putSetupToken } from './put-setup-token.ts';
import { putSetupWizard } from './put-setup-wizard.ts';
import { putShareSettings } from './put-share-settings.ts';
import { putUserBoundary } from './put-user-boundary.ts';
import { putUserTags } from './put-user-tags.ts';
import { relocateExtents } from './relocate-extents.ts';
import { removeGroupMember } from './remove-group-member.ts';
import { removeShare } from './remove-share.ts';
import { renewRecoveryCodes } from './renew-recovery-codes.ts';
import { reserveShareUpload } from './reserve-share-upload.ts';
import { resetSecondFactor } from './reset-second-factor.ts';
import { restoreBinned } from './restore-binned.ts';
import { returnBinned } from './return-binned.ts';
import { reviveVersions } from './revive-versions.ts';
import { rotateAccessKey } from './rotate-access-key.ts';
import { saveLockClock } from './save-lock-clock.ts';
import { sealSegments } from './seal-segments.ts';
import { setBoundary } from './set-boundary.ts';
import { setDefaultPolicyVersion } from './set-default-policy-version.ts';
import { settleShareUpload } from './settle-share-upload.ts';
import { startShareDownload } from './start-share-download.ts';
import { tagManagedPolicy } from './tag-managed-policy.ts';
import { touchSession } from './touch-session.ts';
import { transferObjects } from './transfer-objects.ts';
import { updateAccessKey } from './update-access-key.ts';
import { updateAccount } from './update-account.ts';
import { updateGroup } from './update-group.ts';
import { updateIamRole } from './update-iam-role.ts';
import { updateIamUser } from './update-iam-user.ts';
import { updateTenant } from './update-tenant.ts';
import { updateUser } from './update-user.ts';
import { usePasswordLink } from './use-password-link.ts';
import { withdrawVersions } from './withdraw-versions.ts';

/**
 * Every command by the name under which it crosses to the commit thread. One row here, one file beside.
 */
export const COMMANDS = {
  'abort-upload': abortUpload,
  'put-user-boundary': putUserBoundary,
  'delete-holder-policy': deleteHolderPolicy,
  'put-holder-policy': putHolderPolicy,
  'remove-group-member': removeGroupMember,
  'add-group-member': addGroupMember,
  'delete-group': deleteGroup,
  'update-group': updateGroup,
  'create-group': createGroup,
  'delete-iam-user': deleteIamUser,
  'put-login-profile': putLoginProfile,
  'put-user-tags': putUserTags,
  'update-iam-user': updateIamUser,
  'create-iam-user': createIamUser,
  'apply-provisioning': applyProvisioning,
  'begin-second-factor': beginSecondFactor,
  'change-password': changePassword,
  'change-share': changeShare,
  'begin-operation': beginOperation,
  'bin-objects': binObjects,
  'claim-setup': claimSetup,
  'close-other-sessions': closeOtherSessions,
  'close-session': closeSession,
  'close-sessions-of': closeSessionsOf,
  'collect-garbage': collectGarbage,
  'complete-upload': completeUpload,
  'confirm-second-factor': confirmSecondFactor,
  'copy-object': copyObject,
  'copy-part': copyPart,
  'correct-counters': correctCounters,
  'create-access-key': createAccessKey,
  'create-bucket': createBucket,
  'create-share': createShare,
  'create-operation': createOperation,
  'create-tenant': createTenant,
  'create-upload': createUpload,
  'create-user': createUser,
  'delete-access-key': deleteAccessKey,
  'delete-bucket': deleteBucket,
  'delete-object': deleteObject,
  'delete-objects': deleteObjects,
  'delete-user': deleteUser,
  'doom-segments': doomSegments,
  'end-second-factor': endSecondFactor,
  'forget-containers': forgetContainers,
  'import-configuration': importConfiguration,
  'note-export': noteExport,
  'note-key-uses': noteKeyUses,
  'note-share-use': noteShareUse,
  'finish-operation': finishOperation,
  'forget-batch': forgetBatch,
  'note-copy': noteCopy,
  'note-progress': noteProgress,
  'open-session': openSession,
  'prune-operations': pruneOperations,
  'purge-binned': purgeBinned,
  'put-bucket-acl': putBucketAcl,
  'put-bucket-cors': putBucketCors,
  'put-bucket-encryption': putBucketEncryption,
  'put-bucket-sosapi': putBucketSosapi,
  'put-bucket-ownership-controls': putBucketOwnershipControls,
  'put-bucket-quota': putBucketQuota,
  'put-bucket-policy': putBucketPolicy,
  'put-bucket-request-payment': putBucketRequestPayment,
  'put-bucket-tagging': putBucketTagging,
  'put-bucket-versioning': putBucketVersioning,
  'put-object': putObject,
  'put-object-acl': putObjectAcl,
  'put-object-tagging': putObjectTagging,
  'save-lock-clock': saveLockClock,
  'confirm-lock-clock': confirmLockClock,
  'put-object-retention': putObjectRetention,
  'put-object-legal-hold': putObjectLegalHold,
  'put-bucket-object-lock': putBucketObjectLock,
  'put-part': putPart,
  'put-password-link': putPasswordLink,
  'put-public-access-block': putPublicAccessBlock,
  'put-root-key': putRootKey,
  'put-settings': putSettings,
  'put-setup-token': putSetupToken,
  'put-setup-wizard': putSetupWizard,
  'put-share-settings': putShareSettings,
  'relocate-extents': relocateExtents,
  'renew-recovery-codes': renewRecoveryCodes,
  'reset-second-factor': resetSecondFactor,
  'return-binned': returnBinned,
  'revive-versions': reviveVersions,
  'rotate-access-key': rotateAccessKey,
  'remove-share': removeShare,
  'reserve-share-upload': reserveShareUpload,
  'seal-segments': sealSegments,
  'settle-share-upload': settleShareUpload,
  'start-share-download': startShareDownload,
  'touch-session': touchSession,
  'update-access-key': updateAccessKey,
  'update-account': updateAccount,
  'update-tenant': updateTenant,
  'update-user': updateUser,
  'use-password-link': usePasswordLink,
  'restore-binned': restoreBinned,
  'transfer-objects': transferObjects,
  'withdraw-versions': withdrawVersions,
  'attach-policy': attachPolicy,
  'create-iam-role': createIamRole,
  'create-managed-policy': createManagedPolicy,
  'create-policy-version': createPolicyVersion,
  'delete-iam-role': deleteIamRole,
  'delete-inline-policy': deleteInlinePolicy,
  'delete-managed-policy': deleteManagedPolicy,
  'delete-policy-version': deletePolicyVersion,
  'detach-policy': detachPolicy,
  'forget-sts-sessions': forgetStsSessions,
  'open-sts-session': openStsSession,
  'put-inline-policy': putInlinePolicy,
  'set-boundary': setBoundary,
  'set-default-policy-version': setDefaultPolicyVersion,
  'tag-managed-policy': tagManagedPolicy,
  'update-iam-role': updateIamRole,
} satisfies Record<string, Command<never, unknown>>;

export type CommandName = keyof typeof COMMANDS;
export type CommandInput<N extends CommandName> =
  (typeof COMMANDS)[N] extends Command<infer Input, infer _> ? Input : never;
export type CommandOutput<N extends CommandName> =
  (typeof COMMANDS)[N] extends Command<infer _, infer Output> ? Output : never;
