import type { EpochMs } from './ids.ts';

/*
 * The clock of locks (DESIGN §6, issue 5: no clock unlocks). It runs by monotonic time, follows the wall clock only across a
 * stop, and stands still where the wall clock jumped too far to be believed.
 */

const DAY_MS = 86_400_000;
/** While the server runs, the wall clock may run ahead of monotonic time by this in one step. */
export const MAX_JUMP_RUNNING_MS = DAY_MS;
/** Across a stop it may be this far ahead of the saved time. */
export const MAX_JUMP_STOPPED_MS = 30 * DAY_MS;

/** Why no lock ends: the wall clock jumped from about `trustedMs` to `wallMs`. */
export interface LockHold {
  readonly trustedMs: EpochMs;
  readonly wallMs: EpochMs;
  readonly while: 'running' | 'stopped';
}

/** What was saved; `unreadable` holds without saying why. */
export interface SavedLockClock {
  readonly trustedMs: EpochMs;
  readonly hold: LockHold | undefined;
}

/**
 * Where the clock goes on after a stop: never before the saved time, at most at the wall clock, and not at all where that is
 * too far ahead or expiries were held. A new install begins at the wall clock.
 */
export function lockClockAtStart(saved: SavedLockClock | undefined, wallMs: EpochMs): SavedLockClock {
  if (saved === undefined) return { trustedMs: wallMs, hold: undefined };
  const { trustedMs, hold } = saved;
  if (hold !== undefined) return saved;
  if (wallMs - trustedMs > MAX_JUMP_STOPPED_MS) {
    return { trustedMs, hold: { trustedMs, wallMs, while: 'stopped' } };
  }
  return { trustedMs: wallMs > trustedMs ? wallMs : trustedMs, hold: undefined };
}

/** Both clocks at one moment. */
export interface ClockReading {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Did the wall clock jump ahead between two readings of a running server? Back is harmless. */
export function hasJumpedAhead(before: ClockReading, now: ClockReading): boolean {
  return now.wallMs - before.wallMs - (now.monotonicMs - before.monotonicMs) > MAX_JUMP_RUNNING_MS;
}
