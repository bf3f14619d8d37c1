import { Failure } from './failure.ts';
import type { EpochMs } from './ids.ts';

/*
 * Object Lock (AmazonS3/latest/userguide/object-lock). Everything that can remove a version asks `removability`; everything
 * that changes a retention asks `checkRetentionChange`. What cannot be read is locked.
 */

export const RETENTION_MODES = ['GOVERNANCE', 'COMPLIANCE'] as const;
export type RetentionMode = (typeof RETENTION_MODES)[number];

/** A version is kept until then. */
export interface Retention {
  readonly mode: RetentionMode;
  readonly untilMs: EpochMs;
}

/** What a request says of the lock of the version it makes; undefined leaves that to the bucket. */
export interface RequestedLock {
  readonly retention: Retention | undefined;
  readonly legalHold: boolean | undefined;
}

export const NO_LOCK: RequestedLock = { retention: undefined, legalHold: undefined };

/** The lock as it stands in the row of a version or upload. `legal_hold`: null never set, 0 off, 1 on. */
export interface LockColumns {
  readonly retention_mode: string | null;
  readonly retain_until_ms: number | null;
  readonly legal_hold: number | null;
}

export const UNLOCKED_COLUMNS: LockColumns = { retention_mode: null, retain_until_ms: null, legal_hold: null };

/** Who removes, and when by the clock of locks: never a wall clock that somebody may have set. */
export interface RemovalGuard {
  readonly lockNowMs: EpochMs;
  /** The caller may, and said so. */
  readonly bypassGovernance: boolean;
}

/** May a version be removed? `unreadable`: what its row says is no lock of ours, so nobody may. */
export type Removability =
  | { readonly kind: 'free' }
  | { readonly kind: 'held' }
  | { readonly kind: 'retained'; readonly mode: RetentionMode; readonly untilMs: EpochMs }
  | { readonly kind: 'unreadable' };

const FREE: Removability = { kind: 'free' };
const HELD: Removability = { kind: 'held' };
const UNREADABLE: Removability = { kind: 'unreadable' };

/** The one decision whether a version may go away or lose its place: every path of every port and job asks here. */
export function removability(version: LockColumns, guard: RemovalGuard): Removability {
  if (version.legal_hold !== null && version.legal_hold !== 0) return HELD;
  const retention = retentionOf(version);
  if (retention === undefined) return FREE;
  if (retention === 'unreadable' || !Number.isFinite(guard.lockNowMs)) return UNREADABLE;
  if (retention.untilMs <= guard.lockNowMs) return FREE;
  if (retention.mode === 'GOVERNANCE' && guard.bypassGovernance) return FREE;
  return { kind: 'retained', ...retention };
}

/** Throws AccessDenied in AWS's words where `removability` says no. */
export function requireRemovable(version: LockColumns, guard: RemovalGuard): void {
  if (removability(version, guard).kind !== 'free') throw protectedByLock();
}

/** What AWS says of a version that may not go. */
export function protectedByLock(): Failure {
  return new Failure('AccessDenied', PROTECTED);
}

export const PROTECTED = 'Access Denied because object protected by object lock.';

/** The retention of a row, over or not; undefined where it has none. */
export function retentionOf(version: LockColumns): Retention | 'unreadable' | undefined {
  const { retention_mode: text, retain_until_ms: untilMs } = version;
  if (text === null && untilMs === null) return undefined;
  const mode = RETENTION_MODES.find((known) => known === text);
  if (mode === undefined || untilMs === null || !Number.isFinite(untilMs)) return 'unreadable';
  // The column holds what `lockColumns` wrote.
  return { mode, untilMs: untilMs as EpochMs };
}

/** The columns of a version's lock. */
export function lockColumns({ retention, legalHold }: RequestedLock): LockColumns {
  return {
    retention_mode: retention?.mode ?? null,
    retain_until_ms: retention?.untilMs ?? null,
    legal_hold: legalHold === undefined ? null : Number(legalHold),
  };
}

/** What an upload's row asks for. Throws for what cannot be read: its object would be without the lock. */
export function requestedLockOf(columns: LockColumns): RequestedLock {
  const retention = retentionOf(columns);
  if (retention === 'unreadable') throw new Error('the lock of an upload cannot be read');
  return { retention, legalHold: columns.legal_hold === null ? undefined : columns.legal_hold !== 0 };
}

/**
 * May the retention of a version become `wanted` (undefined: none)? Longer is always allowed, in the same mode. GOVERNANCE
 * is shortened, ended or turned into COMPLIANCE only by who may bypass it and says so; COMPLIANCE by nobody, in no way.
 *
 * @throws Failure AccessDenied
 */
export function checkRetentionChange(stands: LockColumns, wanted: Retention | undefined, guard: RemovalGuard): void {
  const before = retentionOf(stands);
  if (before === 'unreadable') throw protectedByLock();
  if (before === undefined || !isWeaker(before, wanted, guard.lockNowMs)) return;
  if (before.mode === 'GOVERNANCE' && guard.bypassGovernance) return;
  throw protectedByLock();
}

/** Would a retention that still counts be shortened, ended or replaced by another mode? */
export function isWeaker(before: Retention | undefined, wanted: Retention | undefined, lockNowMs: EpochMs): boolean {
  if (before === undefined || before.untilMs <= lockNowMs) return false;
  return wanted === undefined || wanted.mode !== before.mode || wanted.untilMs < before.untilMs;
}

/** Times are kept to here: beyond the year 9999 no client can write them. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const ISO_8601 = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Reads a date until which to keep something: ISO 8601 with a zone, parts of a second of any length. Parts below a
 * millisecond are rounded up, so that nothing ends before its time.
 *
 * @throws Failure InvalidArgument for what is no date
 */
export function parseRetainUntil(text: string): EpochMs {
  const [, day, time, fraction, zone] = ISO_8601.exec(text.trim()) ?? [];
  const ms = day === undefined || zone === undefined ? Number.NaN : Date.parse(`${day}T${time}${withColon(zone)}`);
  const part = fraction === undefined ? 0 : Math.ceil(Number(fraction.padEnd(9, '0')) / 1e6);
  if (Number.isNaN(ms) || ms + part > LAST_MS || !isRealDay(day)) {
    throw new Failure('InvalidArgument', 'The retain until date must be provided in ISO 8601 format');
  }
  return (ms + part) as EpochMs;
}

function withColon(zone: string): string {
  return zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
}

/** Date.parse takes the 30th of February for the 1st or 2nd of March. */
function isRealDay(day: string | undefined): boolean {
  if (day === undefined) return false;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** @throws Failure InvalidArgument where the time is over: a lock that is none */
export function requireFuture(untilMs: EpochMs, nowMs: EpochMs): void {
  if (untilMs > nowMs) return;
  throw new Failure('InvalidArgument', 'The retain until date must be in the future!');
}

/**
 * From when a retention counts: the wall clock, or the clock of locks where that is ahead. A clock that was set back must
 * not make a lock shorter.
 */
export function lockStartMs(nowMs: EpochMs, lockNowMs: EpochMs): EpochMs {
  return nowMs > lockNowMs ? nowMs : lockNowMs;
}
