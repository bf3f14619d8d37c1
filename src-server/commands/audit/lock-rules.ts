import { s3Arn } from '../../domain/arn-names.ts';
import type { AuditRules } from './audit-rule.ts';
import { changed } from './bucket-rules.ts';

/** Object Lock. */
export const LOCK_RULES = {
  'put-bucket-object-lock': ({ input }) =>
    changed('s3:PutBucketObjectLockConfiguration', input.bucket, { objectLock: input.objectLock }),
  // Backup programs extend millions of locks at once: that is content. What takes protection away is not.
  'put-object-retention': ({ input, output }) =>
    output.isWeaker
      ? {
          action: 's3:PutObjectRetention',
          resource: s3Arn(input.bucketName, input.key),
          details: { versionId: output.versionId, before: output.before, after: input.retention ?? null },
        }
      : undefined,
  'put-object-legal-hold': ({ input, output }) => ({
    action: 's3:PutObjectLegalHold',
    resource: s3Arn(input.bucketName, input.key),
    details: { versionId: output, isOn: input.isOn },
  }),
  'confirm-lock-clock': ({ output }) => ({
    action: 'stowage:ConfirmLockClock',
    resource: 'lock-clock',
    details: { trustedMs: output },
  }),
} satisfies Partial<AuditRules>;
