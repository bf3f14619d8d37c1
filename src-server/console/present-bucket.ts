import type { BucketAccess, BucketQuota } from '../contract/bucket-access.ts';
import type { BucketLockSettings } from '../contract/bucket-lock.ts';
import type { BucketDetail } from '../contract/bucket-settings.ts';
import type { BucketSummary as ShownBucket } from '../contract/buckets.ts';
import type { BucketLock } from '../domain/bucket-lock.ts';
import type { VersioningState } from '../domain/versioning.ts';
import type { BucketDescription } from '../services/buckets/describe-bucket.ts';
import type { BucketAccessDescription } from '../services/buckets/describe-bucket-access.ts';
import type { QuotaDescription } from '../services/buckets/describe-quota.ts';
import type { BucketSummary } from '../services/buckets/summarise-buckets.ts';

const VERSIONING: Readonly<Record<VersioningState, ShownBucket['versioning']>> = {
  Off: 'off',
  Enabled: 'enabled',
  Suspended: 'suspended',
};

/** A bucket as lists and its own page show it. */
export function presentBucket({ bucket, usage, mayWrite }: BucketSummary): ShownBucket {
  return {
    name: bucket.name,
    createdAtMs: bucket.createdMs,
    versioning: VERSIONING[bucket.versioning],
    encryption: bucket.encryption?.algorithm ?? 'off',
    objects: usage.objects,
    sizeBytes: usage.bytes,
    mayWrite,
  };
}

/** A bucket with all its settings, as its own page shows it. */
export function presentBucketDetail(description: BucketDescription): BucketDetail {
  const { bucket, ownerName, mayChange } = description;
  return {
    ...presentBucket(description),
    ownerName,
    location: bucket.location,
    ownership: bucket.ownership ?? null,
    tags: (bucket.tags ?? []).map(({ key, value }) => ({ key, value })),
    cors: (bucket.cors ?? []).map((rule) => ({
      id: rule.id,
      allowedOrigins: [...rule.allowedOrigins],
      allowedMethods: [...rule.allowedMethods],
      allowedHeaders: [...rule.allowedHeaders],
      exposeHeaders: [...rule.exposeHeaders],
      maxAgeSeconds: rule.maxAgeSeconds,
    })),
    speaksSosapi: bucket.speaksSosapi,
    access: description.access === undefined ? null : presentAccess(description.access),
    objectLock: bucket.objectLock === undefined ? null : presentLock(bucket.objectLock),
    quota: description.quota === undefined ? null : presentQuota(description.quota),
    mayChange,
  };
}

function presentAccess({ publicAccessBlock, policyText, publicThrough }: BucketAccessDescription): BucketAccess {
  return {
    publicAccessBlock: { ...publicAccessBlock },
    policy: policyText === undefined ? null : { text: policyText },
    publicThrough: [...publicThrough],
  };
}

function presentQuota({ limits, held, seesTenant, mayChange }: QuotaDescription): BucketQuota {
  return {
    quotaBytes: limits.quotaBytes,
    quotaObjects: limits.quotaObjects,
    heldBytes: held.bytes,
    heldObjects: held.objects,
    tenant: seesTenant ? { quotaBytes: limits.tenantQuotaBytes, heldBytes: held.tenantBytes } : null,
    mayChange,
  };
}

function presentLock({ defaultRetention }: BucketLock): BucketLockSettings {
  return { defaultRetention: defaultRetention === undefined ? null : { ...defaultRetention } };
}
