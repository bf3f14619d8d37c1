import type { Endpoint } from '../endpoint.ts';
import { getAccessReadersEndpoint } from './access/get-access-readers.ts';
import { postAccessSimulationEndpoint } from './access/post-access-simulation.ts';
import { deleteOtherSessionsEndpoint } from './account/delete-other-sessions.ts';
import { getAccountEndpoint } from './account/get-account.ts';
import { patchAccountEndpoint } from './account/patch-account.ts';
import { postPasswordEndpoint } from './account/post-password.ts';
import { postRecoveryCodesEndpoint } from './account/post-recovery-codes.ts';
import { postSecondFactorEndpoint } from './account/post-second-factor.ts';
import { postSecondFactorConfirmEndpoint } from './account/post-second-factor-confirm.ts';
import { postSecondFactorOffEndpoint } from './account/post-second-factor-off.ts';
import { getActivityStreamEndpoint } from './activity/get-activity-stream.ts';
import { getAuditEndpoint } from './activity/get-audit.ts';
import { getJobsEndpoint } from './activity/get-jobs.ts';
import { getLogEndpoint } from './activity/get-log.ts';
import { getRequestEndpoint } from './activity/get-request.ts';
import { getRequestsEndpoint } from './activity/get-requests.ts';
import { postJobRunEndpoint } from './activity/post-job-run.ts';
import { deleteBucketEndpoint } from './buckets/delete-bucket.ts';
import { getBucketEndpoint } from './buckets/get-bucket.ts';
import { getBucketChangesEndpoint } from './buckets/get-bucket-changes.ts';
import { getBucketQuotaEndpoint } from './buckets/get-bucket-quota.ts';
import { getBucketUsageEndpoint } from './buckets/get-bucket-usage.ts';
import { getBucketsEndpoint } from './buckets/get-buckets.ts';
import { getContactEventsEndpoint } from './buckets/get-contact-events.ts';
import { getFolderUsageEndpoint } from './buckets/get-folder-usage.ts';
import { getStaleUploadsEndpoint } from './buckets/get-stale-uploads.ts';
import { patchBucketEndpoint } from './buckets/patch-bucket.ts';
import { postAbortStaleUploadsEndpoint } from './buckets/post-abort-stale-uploads.ts';
import { postBucketEndpoint } from './buckets/post-bucket.ts';
import { postPolicyCheckEndpoint } from './buckets/post-policy-check.ts';
import { postUndoBucketChangeEndpoint } from './buckets/post-undo-bucket-change.ts';
import { putBucketQuotaEndpoint } from './buckets/put-bucket-quota.ts';
import { postConfigurationExportEndpoint } from './configuration/post-configuration-export.ts';
import { postConfigurationImportEndpoint } from './configuration/post-configuration-import.ts';
import { getConnectionEndpoint } from './connection/get-connection.ts';
import { getEventsEndpoint } from './events/get-events.ts';
import { getFolderAsOfEndpoint } from './folders/get-folder-as-of.ts';
import { getFolderMomentsEndpoint } from './folders/get-folder-moments.ts';
import { getFolderViewEndpoint } from './folders/get-folder-view.ts';
import { getSearchEndpoint } from './folders/get-search.ts';
import { deleteGroupEndpoint } from './groups/delete-group.ts';
import { deleteGroupMemberEndpoint } from './groups/delete-group-member.ts';
import { getGroupEndpoint } from './groups/get-group.ts';
import { getGroupsEndpoint } from './groups/get-groups.ts';
import { postGroupEndpoint } from './groups/post-group.ts';
import { putGroupMemberEndpoint } from './groups/put-group-member.ts';
import { getHealthLiveEndpoint } from './health/get-health-live.ts';
import { getHealthReadyEndpoint } from './health/get-health-ready.ts';
import { deleteKeyEndpoint } from './keys/delete-key.ts';
import { getKeysEndpoint } from './keys/get-keys.ts';
import { patchKeyEndpoint } from './keys/patch-key.ts';
import { postKeyEndpoint } from './keys/post-key.ts';
import { postRotateKeyEndpoint } from './keys/post-rotate-key.ts';
import { getLockClockEndpoint } from './locks/get-lock-clock.ts';
import { getObjectLockEndpoint } from './locks/get-object-lock.ts';
import { postConfirmLockClockEndpoint } from './locks/post-confirm-lock-clock.ts';
import { putObjectLegalHoldEndpoint } from './locks/put-object-legal-hold.ts';
import { putObjectRetentionEndpoint } from './locks/put-object-retention.ts';
import { getMetricsEndpoint } from './metrics/get-metrics.ts';
import { getContentEndpoint } from './objects/get-content.ts';
import { getObjectDetailsEndpoint } from './objects/get-object-details.ts';
import { getObjectVersionsEndpoint } from './objects/get-object-versions.ts';
import { getObjectsEndpoint } from './objects/get-objects.ts';
import { postChangeTagsEndpoint } from './objects/post-change-tags.ts';
import { postContentLinkEndpoint } from './objects/post-content-link.ts';
import { postDeleteVersionsEndpoint } from './objects/post-delete-versions.ts';
import { postRestoreVersionsEndpoint } from './objects/post-restore-versions.ts';
import { putObjectEndpoint } from './objects/put-object.ts';
import { putObjectMetadataEndpoint } from './objects/put-object-metadata.ts';
import { getOpenapiEndpoint } from './openapi/get-openapi.ts';
import { getBinEndpoint } from './operations/get-bin.ts';
import { getOperationEndpoint } from './operations/get-operation.ts';
import { getOperationsEndpoint } from './operations/get-operations.ts';
import { postCancelOperationEndpoint } from './operations/post-cancel-operation.ts';
import { postOperationEndpoint } from './operations/post-operation.ts';
import { postRewindPreviewEndpoint } from './operations/post-rewind-preview.ts';
import { postUndoOperationEndpoint } from './operations/post-undo-operation.ts';
import { getHistoryEndpoint } from './overview/get-history.ts';
import { getOverviewEndpoint } from './overview/get-overview.ts';
import { getStatusEndpoint } from './overview/get-status.ts';
import { postPasswordLinkLookEndpoint } from './password-links/post-password-link-look.ts';
import { postPasswordLinkUseEndpoint } from './password-links/post-password-link-use.ts';
import { deletePersonEndpoint } from './people/delete-person.ts';
import { deletePersonSecondFactorEndpoint } from './people/delete-person-second-factor.ts';
import { deletePersonSessionsEndpoint } from './people/delete-person-sessions.ts';
import { getPeopleEndpoint } from './people/get-people.ts';
import { getPersonEndpoint } from './people/get-person.ts';
import { patchPersonEndpoint } from './people/patch-person.ts';
import { postPasswordLinkEndpoint } from './people/post-password-link.ts';
import { postPersonEndpoint } from './people/post-person.ts';
import { deletePolicyEndpoint } from './policies/delete-policy.ts';
import { deletePolicyVersionEndpoint } from './policies/delete-policy-version.ts';
import { getPoliciesEndpoint } from './policies/get-policies.ts';
import { getPolicyEndpoint } from './policies/get-policy.ts';
import { postPolicyEndpoint } from './policies/post-policy.ts';
import { postPolicyVersionEndpoint } from './policies/post-policy-version.ts';
import { putDefaultPolicyVersionEndpoint } from './policies/put-default-policy-version.ts';
import { deleteAttachedPolicyEndpoint } from './policy-holders/delete-attached-policy.ts';
import { deleteInlinePolicyEndpoint } from './policy-holders/delete-inline-policy.ts';
import { getHolderPoliciesEndpoint } from './policy-holders/get-holder-policies.ts';
import { postAttachedPolicyEndpoint } from './policy-holders/post-attached-policy.ts';
import { putBoundaryEndpoint } from './policy-holders/put-boundary.ts';
import { putInlinePolicyEndpoint } from './policy-holders/put-inline-policy.ts';
import { deleteRoleEndpoint } from './roles/delete-role.ts';
import { getRoleEndpoint } from './roles/get-role.ts';
import { getRolesEndpoint } from './roles/get-roles.ts';
import { patchRoleEndpoint } from './roles/patch-role.ts';
import { postRoleEndpoint } from './roles/post-role.ts';
import { postSelfTestEndpoint } from './self-tests/post-self-test.ts';
import { deleteSessionEndpoint } from './sessions/delete-session.ts';
import { deleteSessionByIdEndpoint } from './sessions/delete-session-by-id.ts';
import { getSessionEndpoint } from './sessions/get-session.ts';
import { getSessionsEndpoint } from './sessions/get-sessions.ts';
import { postSessionEndpoint } from './sessions/post-session.ts';
import { getSettingChangesEndpoint } from './settings/get-setting-changes.ts';
import { getSettingsEndpoint } from './settings/get-settings.ts';
import { patchSettingsEndpoint } from './settings/patch-settings.ts';
import { getSetupEndpoint } from './setup/get-setup.ts';
import { getSetupWizardEndpoint } from './setup/get-setup-wizard.ts';
import { postRecoveryKitEndpoint } from './setup/post-recovery-kit.ts';
import { postSetupEndpoint } from './setup/post-setup.ts';
import { putSetupWizardEndpoint } from './setup/put-setup-wizard.ts';
import { deleteShareEndpoint } from './shares/delete-share.ts';
import { getShareEndpoint } from './shares/get-share.ts';
import { getShareDownloadEndpoint } from './shares/get-share-download.ts';
import { getSharePageEndpoint } from './shares/get-share-page.ts';
import { getShareSettingsEndpoint } from './shares/get-share-settings.ts';
import { getShareTicketEndpoint } from './shares/get-share-ticket.ts';
import { getShareViewEndpoint } from './shares/get-share-view.ts';
import { getShareZipEndpoint } from './shares/get-share-zip.ts';
import { getSharesEndpoint } from './shares/get-shares.ts';
import { patchShareEndpoint } from './shares/patch-share.ts';
import { postShareEndpoint } from './shares/post-share.ts';
import { postShareFilesEndpoint } from './shares/post-share-files.ts';
import { postSharePageEndpoint } from './shares/post-share-page.ts';
import { putShareFileEndpoint } from './shares/put-share-file.ts';
import { putShareSettingsEndpoint } from './shares/put-share-settings.ts';
import { getSupportBundleEndpoint } from './support/get-support-bundle.ts';
import { getTenantsEndpoint } from './tenants/get-tenants.ts';
import { patchTenantEndpoint } from './tenants/patch-tenant.ts';
import { postTenantEndpoint } from './tenants/post-tenant.ts';
import { getThumbnailEndpoint } from './thumbnails/get-thumbnail.ts';
import { deleteUploadEndpoint } from './uploads/delete-upload.ts';
import { getUploadPartsEndpoint } from './uploads/get-upload-parts.ts';
import { postObjectBatchEndpoint } from './uploads/post-object-batch.ts';
import { postObjectProbeEndpoint } from './uploads/post-object-probe.ts';
import { postUploadEndpoint } from './uploads/post-upload.ts';
import { postUploadCompletionEndpoint } from './uploads/post-upload-completion.ts';
import { putUploadPartEndpoint } from './uploads/put-upload-part.ts';
import { getZipEndpoint } from './zips/get-zip.ts';
import { postZipLinkEndpoint } from './zips/post-zip-link.ts';

/** Every endpoint of the console port: router and OpenAPI document are made from this list. */
export const ENDPOINTS: readonly Endpoint[] = [
  getHealthLiveEndpoint,
  getHealthReadyEndpoint,
  getLockClockEndpoint,
  getObjectLockEndpoint,
  postConfirmLockClockEndpoint,
  putObjectLegalHoldEndpoint,
  putObjectRetentionEndpoint,
  getMetricsEndpoint,
  getOpenapiEndpoint(() => ENDPOINTS.map((endpoint) => endpoint.route)),
  getSetupEndpoint,
  postSetupEndpoint,
  getSetupWizardEndpoint,
  putSetupWizardEndpoint,
  postRecoveryKitEndpoint,
  postSessionEndpoint,
  getSessionEndpoint,
  deleteSessionEndpoint,
  getSessionsEndpoint,
  deleteSessionByIdEndpoint,
  getKeysEndpoint,
  postKeyEndpoint,
  patchKeyEndpoint,
  deleteKeyEndpoint,
  postRotateKeyEndpoint,
  deleteGroupMemberEndpoint,
  deleteGroupEndpoint,
  getGroupEndpoint,
  getGroupsEndpoint,
  postGroupEndpoint,
  putGroupMemberEndpoint,
  deletePolicyVersionEndpoint,
  deletePolicyEndpoint,
  getPoliciesEndpoint,
  getPolicyEndpoint,
  postPolicyVersionEndpoint,
  postPolicyEndpoint,
  putDefaultPolicyVersionEndpoint,
  deleteAttachedPolicyEndpoint,
  deleteInlinePolicyEndpoint,
  getHolderPoliciesEndpoint,
  postAttachedPolicyEndpoint,
  putBoundaryEndpoint,
  putInlinePolicyEndpoint,
  deleteRoleEndpoint,
  getRoleEndpoint,
  getRolesEndpoint,
  patchRoleEndpoint,
  postRoleEndpoint,
  deletePersonSecondFactorEndpoint,
  deletePersonSessionsEndpoint,
  deletePersonEndpoint,
  getPeopleEndpoint,
  getPersonEndpoint,
  patchPersonEndpoint,
  postPasswordLinkEndpoint,
  postPersonEndpoint,
  deleteOtherSessionsEndpoint,
  getAccountEndpoint,
  patchAccountEndpoint,
  postPasswordEndpoint,
  postRecoveryCodesEndpoint,
  postSecondFactorConfirmEndpoint,
  postSecondFactorOffEndpoint,
  postSecondFactorEndpoint,
  postPasswordLinkLookEndpoint,
  postPasswordLinkUseEndpoint,
  postConfigurationExportEndpoint,
  postConfigurationImportEndpoint,
  getConnectionEndpoint,
  getEventsEndpoint,
  getStatusEndpoint,
  getOverviewEndpoint,
  getHistoryEndpoint,
  getRequestsEndpoint,
  getAuditEndpoint,
  getRequestEndpoint,
  getLogEndpoint,
  getActivityStreamEndpoint,
  getJobsEndpoint,
  postJobRunEndpoint,
  postSelfTestEndpoint,
  getBucketsEndpoint,
  postBucketEndpoint,
  getBucketEndpoint,
  patchBucketEndpoint,
  postPolicyCheckEndpoint,
  deleteBucketEndpoint,
  getBucketUsageEndpoint,
  getBucketQuotaEndpoint,
  putBucketQuotaEndpoint,
  getTenantsEndpoint,
  postTenantEndpoint,
  patchTenantEndpoint,
  getFolderUsageEndpoint,
  getBucketChangesEndpoint,
  postUndoBucketChangeEndpoint,
  getContactEventsEndpoint,
  getStaleUploadsEndpoint,
  postAbortStaleUploadsEndpoint,
  getObjectsEndpoint,
  getFolderViewEndpoint,
  getFolderMomentsEndpoint,
  getFolderAsOfEndpoint,
  getObjectDetailsEndpoint,
  getObjectVersionsEndpoint,
  postChangeTagsEndpoint,
  postDeleteVersionsEndpoint,
  postRestoreVersionsEndpoint,
  putObjectMetadataEndpoint,
  getSearchEndpoint,
  putObjectEndpoint,
  postContentLinkEndpoint,
  getContentEndpoint,
  postOperationEndpoint,
  getOperationsEndpoint,
  getOperationEndpoint,
  postCancelOperationEndpoint,
  postUndoOperationEndpoint,
  postRewindPreviewEndpoint,
  getBinEndpoint,
  postObjectProbeEndpoint,
  postObjectBatchEndpoint,
  postUploadEndpoint,
  putUploadPartEndpoint,
  getUploadPartsEndpoint,
  postUploadCompletionEndpoint,
  deleteUploadEndpoint,
  postZipLinkEndpoint,
  getZipEndpoint,
  getThumbnailEndpoint,
  deleteShareEndpoint,
  getShareEndpoint,
  getShareDownloadEndpoint,
  getSharePageEndpoint,
  getShareSettingsEndpoint,
  getShareTicketEndpoint,
  getShareViewEndpoint,
  getShareZipEndpoint,
  getSharesEndpoint,
  patchShareEndpoint,
  postShareEndpoint,
  postShareFilesEndpoint,
  postSharePageEndpoint,
  putShareFileEndpoint,
  putShareSettingsEndpoint,
  getSettingsEndpoint,
  patchSettingsEndpoint,
  getSettingChangesEndpoint,
  getSupportBundleEndpoint,
  getAccessReadersEndpoint,
  postAccessSimulationEndpoint,
];
