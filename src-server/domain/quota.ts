import { Failure } from './failure.ts';

/** What a bucket, and the tenant it belongs to, may hold at most; null: no limit. */
export interface BucketLimits {
  /** Logical bytes of all versions, open parts and the bin. */
  readonly quotaBytes: number | null;
  /** Current versions that are not delete markers. */
  readonly quotaObjects: number | null;
  /** The same bytes of all buckets of the tenant. */
  readonly tenantQuotaBytes: number | null;
}

/** What they hold. */
export interface HeldNow {
  readonly bytes: number;
  readonly objects: number;
  readonly tenantBytes: number;
}

/** Is there any limit at all? Most buckets have none, and are spared the counting. */
export function isLimited({ quotaBytes, quotaObjects, tenantQuotaBytes }: BucketLimits): boolean {
  return quotaBytes !== null || quotaObjects !== null || tenantQuotaBytes !== null;
}

/**
 * Refuses what grows beyond a limit. What is full may still be changed and emptied: only growth is refused, also where a quota
 * was lowered below what is held.
 *
 * @throws Failure QuotaExceeded (403, as Ceph answers; AWS has no code for it)
 */
export function checkGrowth(
  limits: BucketLimits,
  held: HeldNow,
  growth: { readonly bytes: number; readonly objects: number },
): void {
  if (growth.bytes > 0) {
    if (isOver(limits.quotaBytes, held.bytes + growth.bytes)) throw quotaExceeded('bucket', 'bytes');
    if (isOver(limits.tenantQuotaBytes, held.tenantBytes + growth.bytes)) throw quotaExceeded('tenant', 'bytes');
  }
  if (growth.objects > 0 && isOver(limits.quotaObjects, held.objects + growth.objects)) {
    throw quotaExceeded('bucket', 'objects');
  }
}

/** How many bytes may still come; null: no limit. Negative where more is held than a lowered quota allows. */
export function roomLeft({ quotaBytes, tenantQuotaBytes }: BucketLimits, held: HeldNow): number | null {
  const rooms = [
    ...(quotaBytes === null ? [] : [quotaBytes - held.bytes]),
    ...(tenantQuotaBytes === null ? [] : [tenantQuotaBytes - held.tenantBytes]),
  ];
  return rooms.length === 0 ? null : Math.min(...rooms);
}

/** Names what is full, and of what; no numbers, which may be the tenant's own business. */
export function quotaExceeded(holder: 'bucket' | 'tenant', of: 'bytes' | 'objects'): Failure {
  const message =
    of === 'bytes'
      ? `The ${holder} has no room for this: its quota of bytes is used up`
      : `The ${holder} takes no further objects: its quota of objects is used up`;
  return new Failure('QuotaExceeded', message);
}

function isOver(limit: number | null, amount: number): boolean {
  return limit !== null && amount > limit;
}
