import { Failure } from './failure.ts';
import type { EpochMs } from './ids.ts';
import {
  type LockColumns,
  lockColumns,
  lockStartMs,
  RETENTION_MODES,
  type RequestedLock,
  type Retention,
  type RetentionMode,
  UNLOCKED_COLUMNS,
} from './lock.ts';

/** How long a new version is kept where its writer says nothing. */
export interface DefaultRetention {
  readonly mode: RetentionMode;
  readonly unit: 'days' | 'years';
  readonly count: number;
}

/** Object Lock of a bucket. There is no way back: a bucket that has it keeps it. */
export interface BucketLock {
  readonly enabled: true;
  readonly defaultRetention: DefaultRetention | undefined;
}

export const RETENTION_UNITS = ['days', 'years'] as const;
/** AWS's longest default (service quotas: 100 years). */
export const MAX_DEFAULT = { days: 36_500, years: 100 } as const;

const DAY_MS = 86_400_000;

/** Is this a length of time that a default may have? */
export function isDefaultRetention({ unit, count }: DefaultRetention): boolean {
  return Number.isInteger(count) && count >= 1 && count <= MAX_DEFAULT[unit];
}

/** @throws Failure InvalidArgument for a default that is no length of time, or more than 100 years */
export function checkDefaultRetention({ unit, count }: DefaultRetention): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new Failure('InvalidArgument', 'Default retention period must be a positive integer value.');
  }
  if (count > MAX_DEFAULT[unit]) throw new Failure('InvalidArgument', 'Default retention period too large.');
}

/** Until when a default keeps what is made at `startMs`. A year is 365 days, as on AWS. */
export function defaultRetentionFrom({ mode, unit, count }: DefaultRetention, startMs: EpochMs): Retention {
  const days = unit === 'years' ? count * 365 : count;
  // Plain arithmetic on a time is a time.
  return { mode, untilMs: (startMs + days * DAY_MS) as EpochMs };
}

/** The JSON of `bucket.object_lock`. Throws for what is none: a lock that cannot be read must not count as none. */
export function readBucketLock(column: string | null): BucketLock | undefined {
  if (column === null) return undefined;
  const value: unknown = JSON.parse(column);
  if (typeof value !== 'object' || value === null || !('enabled' in value) || value.enabled !== true)
    throw unreadable();
  const stored = 'defaultRetention' in value ? value.defaultRetention : undefined;
  return { enabled: true, defaultRetention: stored === undefined ? undefined : readDefault(stored) };
}

function readDefault(stored: unknown): DefaultRetention {
  if (typeof stored !== 'object' || stored === null) throw unreadable();
  if (!('mode' in stored && 'unit' in stored && 'count' in stored)) throw unreadable();
  const mode = RETENTION_MODES.find((known) => known === stored.mode);
  const unit = RETENTION_UNITS.find((known) => known === stored.unit);
  if (mode === undefined || unit === undefined || typeof stored.count !== 'number') throw unreadable();
  const found = { mode, unit, count: stored.count };
  checkDefaultRetention(found);
  return found;
}

function unreadable(): Error {
  return new Error('the object lock configuration of a bucket cannot be read');
}

/** @throws Failure InvalidRequest where the bucket has no Object Lock */
export function requireBucketLock(lock: BucketLock | undefined): BucketLock {
  if (lock === undefined) throw new Failure('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  return lock;
}

/** @throws Failure InvalidBucketState: versions of a locked bucket must not replace each other */
export function requireSuspendable(lock: BucketLock | undefined): void {
  if (lock === undefined) return;
  const message = 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.';
  throw new Failure('InvalidBucketState', message);
}

/** Times that a new version's lock is measured by. */
export interface LockTimes {
  readonly nowMs: EpochMs;
  readonly lockNowMs: EpochMs;
}

/**
 * The lock of a new version: what its writer asked for, else the bucket's default.
 *
 * @throws Failure InvalidRequest for a lock in a bucket without Object Lock
 */
export function lockOfNewVersion(
  bucket: BucketLock | undefined,
  requested: RequestedLock,
  { nowMs, lockNowMs }: LockTimes,
): LockColumns {
  const isAsked = requested.retention !== undefined || requested.legalHold !== undefined;
  if (bucket === undefined && !isAsked) return UNLOCKED_COLUMNS;
  const { defaultRetention } = requireBucketLock(bucket);
  const byDefault =
    defaultRetention === undefined ? undefined : defaultRetentionFrom(defaultRetention, lockStartMs(nowMs, lockNowMs));
  return lockColumns({ ...requested, retention: requested.retention ?? byDefault });
}
