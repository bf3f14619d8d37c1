import type { BucketQuota } from '../contract/bucket-quota.ts';
import type { QuotaDescription } from '../services/buckets/describe-quota.ts';

/** What a bucket may hold, as the contract shows it. */
export function presentQuota({ limits, held, seesTenant, mayChange }: QuotaDescription): BucketQuota {
  return {
    quotaBytes: limits.quotaBytes,
    quotaObjects: limits.quotaObjects,
    usedBytes: held.bytes,
    usedObjects: held.objects,
    tenant: seesTenant ? { quotaBytes: limits.tenantQuotaBytes, usedBytes: held.tenantBytes } : null,
    mayChange,
  };
}
