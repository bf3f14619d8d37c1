import { findLockClock } from '../../db/tables/lock-clock.ts';
import type { EpochMs } from '../../domain/ids.ts';
import type { LockHold } from '../../domain/lock-clock.ts';
import { authorize } from '../access/authorize.ts';
import { changedBy } from '../buckets/bucket-change.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';

export interface LockClockState {
  readonly lockTimeMs: EpochMs;
  readonly wallMs: EpochMs;
  /** Undefined: locks end as their dates say. */
  readonly hold: LockHold | undefined;
}

/** By what time locks end, and why none does. Throws AccessDenied for who does not operate the install. */
export async function getLockClock(context: ServiceContext, identity: Identity): Promise<LockClockState> {
  await authorize(context, { identity, iamAction: 'stowage:ReadAppliance' });
  const saved = await context.catalogue.read((tx) => findLockClock(tx));
  return { lockTimeMs: context.lockClock.nowMs(), wallMs: context.now(), hold: saved?.hold };
}

/** An admin says that the wall clock is right. Throws AccessDenied; InvalidRequest where nothing is held. */
export async function confirmLockClock(context: ServiceContext, identity: Identity): Promise<LockClockState> {
  await authorize(context, { identity, iamAction: 'stowage:ChangeSettings' });
  const trustedMs = await context.engine.submit('confirm-lock-clock', changedBy(context, identity));
  context.lockClock.run(trustedMs);
  return getLockClock(context, identity);
}
