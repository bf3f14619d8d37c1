import { setVersionRetention } from '../db/tables/object-version.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketName, EpochMs, VersionId } from '../domain/ids.ts';
import {
  checkRetentionChange,
  isWeaker,
  lockColumns,
  lockStartMs,
  type Retention,
  requireFuture,
  retentionOf,
} from '../domain/lock.ts';
import { type LockableRef, requireLockable } from './support/lockable-version.ts';

export interface PutObjectRetentionInput extends LockableRef {
  /** For the audit trail. */
  readonly bucketName: BucketName;
  /** Undefined: none any more. */
  readonly retention: Retention | undefined;
  readonly bypassGovernance: boolean;
  readonly nowMs: EpochMs;
  readonly lockNowMs: EpochMs;
}

export interface RetentionChanged {
  readonly versionId: VersionId;
  readonly before: Retention | undefined;
  /** Was a lock that still counted shortened, ended or replaced? */
  readonly isWeaker: boolean;
}

/**
 * Sets until when a version is kept: one row, whatever the object holds.
 *
 * @throws Failure InvalidArgument for a time that is over, AccessDenied for what `checkRetentionChange` refuses, and as
 *   `requireLockable`
 */
export async function putObjectRetention(tx: WriteTx, input: PutObjectRetentionInput): Promise<RetentionChanged> {
  const { retention, nowMs, lockNowMs, bypassGovernance } = input;
  const version = await requireLockable(tx, input);
  if (retention !== undefined) requireFuture(retention.untilMs, lockStartMs(nowMs, lockNowMs));
  checkRetentionChange(version, retention, { lockNowMs, bypassGovernance });
  await setVersionRetention(tx, version, lockColumns({ retention, legalHold: undefined }));
  const before = retentionOf(version);
  // An unreadable one was refused above.
  const known = before === 'unreadable' ? undefined : before;
  return { versionId: version.version_id, before: known, isWeaker: isWeaker(known, retention, lockNowMs) };
}
