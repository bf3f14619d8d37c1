import type { BucketSummary as ShownBucket } from '../contract/buckets.ts';
import type { VersioningState } from '../domain/versioning.ts';
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
