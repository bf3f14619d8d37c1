import { findLockClock, putLockClock } from '../db/tables/lock-clock.ts';
import type { WriteTx } from '../db/tx.ts';
import type { SavedLockClock } from '../domain/lock-clock.ts';

/** Saves the clock of locks. A hold that stands is never lifted by it, nor the time set back. */
export async function saveLockClock(tx: WriteTx, input: SavedLockClock): Promise<void> {
  const stands = await findLockClock(tx);
  await putLockClock(tx, { trustedMs: input.trustedMs, hold: stands?.hold ?? input.hold });
}
