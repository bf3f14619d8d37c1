import { createBucket } from '../operations/create-bucket.ts';
import { deleteBucket } from '../operations/delete-bucket.ts';
import { deleteBucketCors } from '../operations/delete-bucket-cors.ts';
import { deleteBucketEncryption } from '../operations/delete-bucket-encryption.ts';
import { deleteBucketOwnershipControls } from '../operations/delete-bucket-ownership-controls.ts';
import { deleteBucketPolicy } from '../operations/delete-bucket-policy.ts';
import { deleteBucketTagging } from '../operations/delete-bucket-tagging.ts';
import { deleteObjects } from '../operations/delete-objects.ts';
import { deletePublicAccessBlock } from '../operations/delete-public-access-block.ts';
import { getBucketAcl } from '../operations/get-bucket-acl.ts';
import { getBucketCors } from '../operations/get-bucket-cors.ts';
import { getBucketEncryption } from '../operations/get-bucket-encryption.ts';
import { getBucketLocation } from '../operations/get-bucket-location.ts';
import { getBucketOwnershipControls } from '../operations/get-bucket-ownership-controls.ts';
import { getBucketPolicy } from '../operations/get-bucket-policy.ts';
import { getBucketPolicyStatus } from '../operations/get-bucket-policy-status.ts';
import { getBucketRequestPayment } from '../operations/get-bucket-request-payment.ts';
import { getBucketTagging } from '../operations/get-bucket-tagging.ts';
import { getBucketVersioning } from '../operations/get-bucket-versioning.ts';
import { getObjectLockConfiguration } from '../operations/get-object-lock-configuration.ts';
import { getPublicAccessBlock } from '../operations/get-public-access-block.ts';
import { headBucket } from '../operations/head-bucket.ts';
import { listMultipartUploads } from '../operations/list-multipart-uploads.ts';
import { listObjectVersions } from '../operations/list-object-versions.ts';
import { listObjects } from '../operations/list-objects.ts';
import { listObjectsV2 } from '../operations/list-objects-v2.ts';
import { postObject } from '../operations/post-object.ts';
import { putBucketAcl } from '../operations/put-bucket-acl.ts';
import { putBucketCors } from '../operations/put-bucket-cors.ts';
import { putBucketEncryption } from '../operations/put-bucket-encryption.ts';
import { putBucketOwnershipControls } from '../operations/put-bucket-ownership-controls.ts';
import { putBucketPolicy } from '../operations/put-bucket-policy.ts';
import { putBucketRequestPayment } from '../operations/put-bucket-request-payment.ts';
import { putBucketTagging } from '../operations/put-bucket-tagging.ts';
import { putBucketVersioning } from '../operations/put-bucket-versioning.ts';
import { putObjectLockConfiguration } from '../operations/put-object-lock-configuration.ts';
import { putPublicAccessBlock } from '../operations/put-public-access-block.ts';
import { CONFIGURATION_BYTES, DELETE_OBJECTS_BYTES, MAX_PUT_BYTES, type OperationRow, POLICY_BYTES } from './row.ts';

/**
 * AWS's actions on a bucket, in the alphabet's order, one a line. To implement one: write `../operations/<kebab-case>.ts`
 * exporting the camelCase action, import it here and put it in place of 'not-implemented'.
 */
// biome-ignore format: one action a line
export const BUCKET_OPERATIONS: readonly OperationRow<'bucket'>[] = [
  { action: 'CreateBucket', method: 'PUT', scope: 'bucket', iamAction: 's3:CreateBucket', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: createBucket },
  { action: 'CreateBucketMetadataConfiguration', method: 'POST', scope: 'bucket', subresource: 'metadataConfiguration', iamAction: 's3:CreateBucketMetadataConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'CreateBucketMetadataTableConfiguration', method: 'POST', scope: 'bucket', subresource: 'metadataTable', iamAction: 's3:CreateBucketMetadataTableConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'CreateSession', method: 'GET', scope: 'bucket', subresource: 'session', iamAction: 's3express:CreateSession', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'DeleteBucket', method: 'DELETE', scope: 'bucket', iamAction: 's3:DeleteBucket', body: 'none', bodyLimitBytes: 0, status: 204, handler: deleteBucket },
  { action: 'DeleteBucketAnalyticsConfiguration', method: 'DELETE', scope: 'bucket', subresource: 'analytics', iamAction: 's3:PutAnalyticsConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteBucketCors', method: 'DELETE', scope: 'bucket', subresource: 'cors', iamAction: 's3:PutBucketCORS', body: 'none', bodyLimitBytes: 0, status: 204, handler: deleteBucketCors },
  { action: 'DeleteBucketEncryption', method: 'DELETE', scope: 'bucket', subresource: 'encryption', iamAction: 's3:PutEncryptionConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: deleteBucketEncryption },
  { action: 'DeleteBucketIntelligentTieringConfiguration', method: 'DELETE', scope: 'bucket', subresource: 'intelligent-tiering', iamAction: 's3:PutIntelligentTieringConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteBucketInventoryConfiguration', method: 'DELETE', scope: 'bucket', subresource: 'inventory', iamAction: 's3:PutInventoryConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteBucketLifecycle', method: 'DELETE', scope: 'bucket', subresource: 'lifecycle', iamAction: 's3:PutLifecycleConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteBucketMetadataConfiguration', method: 'DELETE', scope: 'bucket', subresource: 'metadataConfiguration', iamAction: 's3:DeleteBucketMetadataConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteBucketMetadataTableConfiguration', method: 'DELETE', scope: 'bucket', subresource: 'metadataTable', iamAction: 's3:DeleteBucketMetadataTableConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteBucketMetricsConfiguration', method: 'DELETE', scope: 'bucket', subresource: 'metrics', iamAction: 's3:PutMetricsConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteBucketOwnershipControls', method: 'DELETE', scope: 'bucket', subresource: 'ownershipControls', iamAction: 's3:PutBucketOwnershipControls', body: 'none', bodyLimitBytes: 0, status: 204, handler: deleteBucketOwnershipControls },
  { action: 'DeleteBucketPolicy', method: 'DELETE', scope: 'bucket', subresource: 'policy', iamAction: 's3:DeleteBucketPolicy', body: 'none', bodyLimitBytes: 0, status: 204, handler: deleteBucketPolicy },
  { action: 'DeleteBucketReplication', method: 'DELETE', scope: 'bucket', subresource: 'replication', iamAction: 's3:PutReplicationConfiguration', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteBucketTagging', method: 'DELETE', scope: 'bucket', subresource: 'tagging', iamAction: 's3:PutBucketTagging', body: 'none', bodyLimitBytes: 0, status: 204, handler: deleteBucketTagging },
  { action: 'DeleteBucketWebsite', method: 'DELETE', scope: 'bucket', subresource: 'website', iamAction: 's3:DeleteBucketWebsite', body: 'none', bodyLimitBytes: 0, status: 204, handler: 'not-implemented' },
  { action: 'DeleteObjects', method: 'POST', scope: 'bucket', subresource: 'delete', iamAction: 's3:DeleteObject', body: 'xml', bodyLimitBytes: DELETE_OBJECTS_BYTES, checksumRequired: true, status: 200, handler: deleteObjects },
  { action: 'DeletePublicAccessBlock', method: 'DELETE', scope: 'bucket', subresource: 'publicAccessBlock', iamAction: 's3:PutBucketPublicAccessBlock', body: 'none', bodyLimitBytes: 0, status: 204, handler: deletePublicAccessBlock },
  { action: 'GetBucketAbac', method: 'GET', scope: 'bucket', subresource: 'abac', iamAction: 's3:GetBucketAbac', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketAccelerateConfiguration', method: 'GET', scope: 'bucket', subresource: 'accelerate', iamAction: 's3:GetAccelerateConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketAcl', method: 'GET', scope: 'bucket', subresource: 'acl', iamAction: 's3:GetBucketAcl', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketAcl },
  { action: 'GetBucketAnalyticsConfiguration', method: 'GET', scope: 'bucket', subresource: 'analytics', query: { id: '*' }, iamAction: 's3:GetAnalyticsConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketCors', method: 'GET', scope: 'bucket', subresource: 'cors', iamAction: 's3:GetBucketCORS', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketCors },
  { action: 'GetBucketEncryption', method: 'GET', scope: 'bucket', subresource: 'encryption', iamAction: 's3:GetEncryptionConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketEncryption },
  { action: 'GetBucketIntelligentTieringConfiguration', method: 'GET', scope: 'bucket', subresource: 'intelligent-tiering', query: { id: '*' }, iamAction: 's3:GetIntelligentTieringConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketInventoryConfiguration', method: 'GET', scope: 'bucket', subresource: 'inventory', query: { id: '*' }, iamAction: 's3:GetInventoryConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketLifecycle', method: 'GET', scope: 'bucket', subresource: 'lifecycle', iamAction: 's3:GetLifecycleConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, supersededBy: 'GetBucketLifecycleConfiguration', handler: 'not-implemented' },
  { action: 'GetBucketLifecycleConfiguration', method: 'GET', scope: 'bucket', subresource: 'lifecycle', iamAction: 's3:GetLifecycleConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketLocation', method: 'GET', scope: 'bucket', subresource: 'location', iamAction: 's3:GetBucketLocation', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketLocation },
  { action: 'GetBucketLogging', method: 'GET', scope: 'bucket', subresource: 'logging', iamAction: 's3:GetBucketLogging', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketMetadataConfiguration', method: 'GET', scope: 'bucket', subresource: 'metadataConfiguration', iamAction: 's3:GetBucketMetadataConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketMetadataTableConfiguration', method: 'GET', scope: 'bucket', subresource: 'metadataTable', iamAction: 's3:GetBucketMetadataTableConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketMetricsConfiguration', method: 'GET', scope: 'bucket', subresource: 'metrics', query: { id: '*' }, iamAction: 's3:GetMetricsConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketNotification', method: 'GET', scope: 'bucket', subresource: 'notification', iamAction: 's3:GetBucketNotification', body: 'none', bodyLimitBytes: 0, status: 200, supersededBy: 'GetBucketNotificationConfiguration', handler: 'not-implemented' },
  { action: 'GetBucketNotificationConfiguration', method: 'GET', scope: 'bucket', subresource: 'notification', iamAction: 's3:GetBucketNotification', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketOwnershipControls', method: 'GET', scope: 'bucket', subresource: 'ownershipControls', iamAction: 's3:GetBucketOwnershipControls', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketOwnershipControls },
  { action: 'GetBucketPolicy', method: 'GET', scope: 'bucket', subresource: 'policy', iamAction: 's3:GetBucketPolicy', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketPolicy },
  { action: 'GetBucketPolicyStatus', method: 'GET', scope: 'bucket', subresource: 'policyStatus', iamAction: 's3:GetBucketPolicyStatus', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketPolicyStatus },
  { action: 'GetBucketReplication', method: 'GET', scope: 'bucket', subresource: 'replication', iamAction: 's3:GetReplicationConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetBucketRequestPayment', method: 'GET', scope: 'bucket', subresource: 'requestPayment', iamAction: 's3:GetBucketRequestPayment', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketRequestPayment },
  { action: 'GetBucketTagging', method: 'GET', scope: 'bucket', subresource: 'tagging', iamAction: 's3:GetBucketTagging', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketTagging },
  { action: 'GetBucketVersioning', method: 'GET', scope: 'bucket', subresource: 'versioning', iamAction: 's3:GetBucketVersioning', body: 'none', bodyLimitBytes: 0, status: 200, handler: getBucketVersioning },
  { action: 'GetBucketWebsite', method: 'GET', scope: 'bucket', subresource: 'website', iamAction: 's3:GetBucketWebsite', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'GetObjectLockConfiguration', method: 'GET', scope: 'bucket', subresource: 'object-lock', iamAction: 's3:GetBucketObjectLockConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: getObjectLockConfiguration },
  { action: 'GetPublicAccessBlock', method: 'GET', scope: 'bucket', subresource: 'publicAccessBlock', iamAction: 's3:GetBucketPublicAccessBlock', body: 'none', bodyLimitBytes: 0, status: 200, handler: getPublicAccessBlock },
  { action: 'HeadBucket', method: 'HEAD', scope: 'bucket', iamAction: 's3:ListBucket', body: 'none', bodyLimitBytes: 0, status: 200, handler: headBucket },
  { action: 'ListBucketAnalyticsConfigurations', method: 'GET', scope: 'bucket', subresource: 'analytics', iamAction: 's3:GetAnalyticsConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'ListBucketIntelligentTieringConfigurations', method: 'GET', scope: 'bucket', subresource: 'intelligent-tiering', iamAction: 's3:GetIntelligentTieringConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'ListBucketInventoryConfigurations', method: 'GET', scope: 'bucket', subresource: 'inventory', iamAction: 's3:GetInventoryConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'ListBucketMetricsConfigurations', method: 'GET', scope: 'bucket', subresource: 'metrics', iamAction: 's3:GetMetricsConfiguration', body: 'none', bodyLimitBytes: 0, status: 200, handler: 'not-implemented' },
  { action: 'ListMultipartUploads', method: 'GET', scope: 'bucket', subresource: 'uploads', iamAction: 's3:ListBucketMultipartUploads', body: 'none', bodyLimitBytes: 0, status: 200, handler: listMultipartUploads },
  { action: 'ListObjectVersions', method: 'GET', scope: 'bucket', subresource: 'versions', iamAction: 's3:ListBucketVersions', body: 'none', bodyLimitBytes: 0, status: 200, handler: listObjectVersions },
  { action: 'ListObjects', method: 'GET', scope: 'bucket', iamAction: 's3:ListBucket', body: 'none', bodyLimitBytes: 0, status: 200, handler: listObjects },
  { action: 'ListObjectsV2', method: 'GET', scope: 'bucket', query: { 'list-type': '2' }, iamAction: 's3:ListBucket', body: 'none', bodyLimitBytes: 0, status: 200, handler: listObjectsV2 },
  { action: 'PostObject', method: 'POST', scope: 'bucket', iamAction: 's3:PutObject', body: 'form', bodyLimitBytes: MAX_PUT_BYTES, status: 204, handler: postObject },
  { action: 'PutBucketAbac', method: 'PUT', scope: 'bucket', subresource: 'abac', iamAction: 's3:PutBucketAbac', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketAccelerateConfiguration', method: 'PUT', scope: 'bucket', subresource: 'accelerate', iamAction: 's3:PutAccelerateConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketAcl', method: 'PUT', scope: 'bucket', subresource: 'acl', iamAction: 's3:PutBucketAcl', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putBucketAcl },
  { action: 'PutBucketAnalyticsConfiguration', method: 'PUT', scope: 'bucket', subresource: 'analytics', iamAction: 's3:PutAnalyticsConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketCors', method: 'PUT', scope: 'bucket', subresource: 'cors', iamAction: 's3:PutBucketCORS', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, checksumRequired: true, status: 200, handler: putBucketCors },
  { action: 'PutBucketEncryption', method: 'PUT', scope: 'bucket', subresource: 'encryption', iamAction: 's3:PutEncryptionConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putBucketEncryption },
  { action: 'PutBucketIntelligentTieringConfiguration', method: 'PUT', scope: 'bucket', subresource: 'intelligent-tiering', iamAction: 's3:PutIntelligentTieringConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketInventoryConfiguration', method: 'PUT', scope: 'bucket', subresource: 'inventory', iamAction: 's3:PutInventoryConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketLifecycle', method: 'PUT', scope: 'bucket', subresource: 'lifecycle', iamAction: 's3:PutLifecycleConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, checksumRequired: true, status: 200, supersededBy: 'PutBucketLifecycleConfiguration', handler: 'not-implemented' },
  { action: 'PutBucketLifecycleConfiguration', method: 'PUT', scope: 'bucket', subresource: 'lifecycle', iamAction: 's3:PutLifecycleConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, checksumRequired: true, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketLogging', method: 'PUT', scope: 'bucket', subresource: 'logging', iamAction: 's3:PutBucketLogging', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketMetricsConfiguration', method: 'PUT', scope: 'bucket', subresource: 'metrics', iamAction: 's3:PutMetricsConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketNotification', method: 'PUT', scope: 'bucket', subresource: 'notification', iamAction: 's3:PutBucketNotification', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, supersededBy: 'PutBucketNotificationConfiguration', handler: 'not-implemented' },
  { action: 'PutBucketNotificationConfiguration', method: 'PUT', scope: 'bucket', subresource: 'notification', iamAction: 's3:PutBucketNotification', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketOwnershipControls', method: 'PUT', scope: 'bucket', subresource: 'ownershipControls', iamAction: 's3:PutBucketOwnershipControls', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putBucketOwnershipControls },
  { action: 'PutBucketPolicy', method: 'PUT', scope: 'bucket', subresource: 'policy', iamAction: 's3:PutBucketPolicy', body: 'xml', bodyLimitBytes: POLICY_BYTES, status: 204, handler: putBucketPolicy },
  { action: 'PutBucketReplication', method: 'PUT', scope: 'bucket', subresource: 'replication', iamAction: 's3:PutReplicationConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, checksumRequired: true, status: 200, handler: 'not-implemented' },
  { action: 'PutBucketRequestPayment', method: 'PUT', scope: 'bucket', subresource: 'requestPayment', iamAction: 's3:PutBucketRequestPayment', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putBucketRequestPayment },
  { action: 'PutBucketTagging', method: 'PUT', scope: 'bucket', subresource: 'tagging', iamAction: 's3:PutBucketTagging', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putBucketTagging },
  { action: 'PutBucketVersioning', method: 'PUT', scope: 'bucket', subresource: 'versioning', iamAction: 's3:PutBucketVersioning', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putBucketVersioning },
  { action: 'PutBucketWebsite', method: 'PUT', scope: 'bucket', subresource: 'website', iamAction: 's3:PutBucketWebsite', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'PutObjectLockConfiguration', method: 'PUT', scope: 'bucket', subresource: 'object-lock', iamAction: 's3:PutBucketObjectLockConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, checksumRequired: true, status: 200, handler: putObjectLockConfiguration },
  { action: 'PutPublicAccessBlock', method: 'PUT', scope: 'bucket', subresource: 'publicAccessBlock', iamAction: 's3:PutBucketPublicAccessBlock', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: putPublicAccessBlock },
  { action: 'UpdateBucketMetadataAnnotationTableConfiguration', method: 'PUT', scope: 'bucket', subresource: 'metadataAnnotationTable', iamAction: 's3:UpdateBucketMetadataAnnotationTableConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'UpdateBucketMetadataInventoryTableConfiguration', method: 'PUT', scope: 'bucket', subresource: 'metadataInventoryTable', iamAction: 's3:UpdateBucketMetadataInventoryTableConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
  { action: 'UpdateBucketMetadataJournalTableConfiguration', method: 'PUT', scope: 'bucket', subresource: 'metadataJournalTable', iamAction: 's3:UpdateBucketMetadataJournalTableConfiguration', body: 'xml', bodyLimitBytes: CONFIGURATION_BYTES, status: 200, handler: 'not-implemented' },
];
