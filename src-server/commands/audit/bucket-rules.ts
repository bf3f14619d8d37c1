import { s3Arn } from '../../domain/arn-names.ts';
import type { BucketRef } from '../support/bucket-still-stands.ts';
import type { AuditEntry } from '../support/record-audit.ts';
import type { AuditRules } from './audit-rule.ts';

/** Buckets and their configuration. */
export const BUCKET_RULES = {
  'create-bucket': ({ input }) => ({
    action: 's3:CreateBucket',
    resource: s3Arn(input.name, undefined),
    details: {
      ownership: input.ownership,
      versioning: input.versioning,
      location: input.location,
      objectLock: input.objectLock,
    },
  }),
  'delete-bucket': ({ input, output }) =>
    output.kind === 'deleted'
      ? { action: 's3:DeleteBucket', resource: s3Arn(input.bucket.name, undefined) }
      : undefined,
  'put-bucket-acl': ({ input }) => changed('s3:PutBucketAcl', input.bucket, { acl: input.acl ?? null }),
  'put-bucket-cors': ({ input }) => changed('s3:PutBucketCORS', input.bucket, { cors: input.cors ?? null }),
  'put-bucket-encryption': ({ input }) =>
    changed('s3:PutEncryptionConfiguration', input.bucket, { encryption: input.encryption ?? null }),
  'put-bucket-ownership-controls': ({ input }) =>
    changed('s3:PutBucketOwnershipControls', input.bucket, { ownership: input.ownership ?? null }),
  'put-bucket-quota': ({ input }) =>
    changed('stowage:PutBucketQuota', input.bucket, {
      ...('quotaBytes' in input.quota ? { quotaBytes: input.quota.quotaBytes ?? null } : {}),
      ...('quotaObjects' in input.quota ? { quotaObjects: input.quota.quotaObjects ?? null } : {}),
    }),
  'put-bucket-policy': ({ input }) =>
    changed(input.policy === undefined ? 's3:DeleteBucketPolicy' : 's3:PutBucketPolicy', input.bucket, {
      policy: input.policy ?? null,
    }),
  'put-bucket-request-payment': ({ input }) =>
    changed('s3:PutBucketRequestPayment', input.bucket, { requestPayer: input.requestPayer ?? null }),
  'put-public-access-block': ({ input }) =>
    changed('s3:PutBucketPublicAccessBlock', input.bucket, { publicAccessBlock: input.publicAccessBlock ?? null }),
  'put-bucket-sosapi': ({ input }) =>
    changed('stowage:PutBucketSosapi', input.bucket, { speaksSosapi: input.speaksSosapi }),
  'put-bucket-tagging': ({ input }) => changed('s3:PutBucketTagging', input.bucket, { tags: input.tags ?? null }),
  'put-bucket-versioning': ({ input }) =>
    changed('s3:PutBucketVersioning', input.bucket, { versioning: input.versioning }),
} satisfies Partial<AuditRules>;

/** A setting of a bucket became `details`. */
export function changed(action: string, bucket: BucketRef, details: Readonly<Record<string, unknown>>): AuditEntry {
  return { action, resource: s3Arn(bucket.name, undefined), details };
}
