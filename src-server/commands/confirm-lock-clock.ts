import { findLockClock, putLockClock } from '../db/tables/lock-clock.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs } from '../domain/ids.ts';
import { type ChangeActor, recordChange } from './support/record-change.ts';

/** The field of the history of settings that says who believed the clock. */
export const LOCK_CLOCK_CONFIRMED = 'locks.clockConfirmed';

export interface ConfirmLockClockInput {
  readonly by: ChangeActor;
  /** The wall clock as the admin saw it, which counts from now on. */
  readonly nowMs: EpochMs;
}

/**
 * An admin says that the wall clock is right: locks end by it again. Answers where the clock of locks goes on, which is
 * never before where it stood. Throws InvalidRequest where nothing is held.
 */
export async function confirmLockClock(tx: WriteTx, { by, nowMs }: ConfirmLockClockInput): Promise<EpochMs> {
  const stands = await findLockClock(tx);
  if (stands?.hold === undefined) throw new Failure('InvalidRequest', 'The clock of locks is not held');
  const trustedMs = nowMs > stands.trustedMs ? nowMs : stands.trustedMs;
  await putLockClock(tx, { trustedMs, hold: undefined });
  const target = { scope: 'setting', target: '' } as const;
  const { hold } = stands;
  await recordChange(tx, { ...target, field: LOCK_CLOCK_CONFIRMED, before: hold, after: trustedMs, by, nowMs });
  return trustedMs;
}
