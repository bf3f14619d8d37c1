import type { LockClock, ObjectLock } from '../contract/object-lock.ts';
import { removability, retentionOf } from '../domain/lock.ts';
import { parseObjectKey } from '../domain/object-key.ts';
import { parseVersionId } from '../domain/version-id.ts';
import { authorize } from '../services/access/authorize.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Identity } from '../services/identity.ts';
import { getObjectLock } from '../services/locks/get-object-lock.ts';
import type { LockClockState } from '../services/locks/lock-clock-state.ts';
import type { VersionRef } from '../services/objects/stored-object.ts';
import { bucketOfPath } from './path-bucket.ts';

/** The version that a request about a lock names. Throws what the parsers of its parts throw. */
export function lockTarget(
  params: Parameters<typeof bucketOfPath>[0],
  named: { readonly key: string; readonly versionId?: string | undefined },
): VersionRef {
  const versionId = named.versionId === undefined ? undefined : parseVersionId(named.versionId);
  return { bucket: bucketOfPath(params), key: parseObjectKey(named.key), versionId };
}

/** The lock of a version, for who may read it. Throws AccessDenied, and as `getObjectLock`. */
export async function readLock(context: ServiceContext, identity: Identity, target: VersionRef): Promise<ObjectLock> {
  const { bucket, key } = target;
  for (const iamAction of ['s3:GetObjectRetention', 's3:GetObjectLegalHold']) {
    await authorize(context, { identity, iamAction, bucket, key });
  }
  const lock = await getObjectLock(context, target);
  const retention = retentionOf(lock);
  const guard = { lockNowMs: context.lockClock.nowMs(), bypassGovernance: false };
  return {
    retention: retention === undefined || retention === 'unreadable' ? null : { ...retention },
    legalHold: lock.legal_hold !== null && lock.legal_hold !== 0,
    state: removability(lock, guard).kind,
  };
}

/** The clock of locks as the console shows it. */
export function presentLockClock({ lockTimeMs, wallMs, hold }: LockClockState): LockClock {
  return { lockTimeMs, wallMs, hold: hold === undefined ? null : { ...hold } };
}
