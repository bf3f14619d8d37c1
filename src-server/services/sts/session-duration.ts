import { Failure } from '../../domain/failure.ts';
import type { EpochMs } from '../../domain/ids.ts';

const SHORTEST_SECONDS = 900;
const MS_PER_SECOND = 1000;

/** How long sessions may last (STS API reference). */
export interface DurationRule {
  readonly defaultSeconds: number;
  readonly maxSeconds: number;
  /** Said where more is asked for. */
  readonly tooLong: string;
}

/** When a session of so many seconds ends. @throws Failure ValidationError for less than 15 minutes or more than the rule's */
export function endOfSession(nowMs: EpochMs, asked: number | undefined, rule: DurationRule): EpochMs {
  const seconds = asked ?? rule.defaultSeconds;
  if (seconds < SHORTEST_SECONDS) {
    throw new Failure(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to ${SHORTEST_SECONDS}`,
    );
  }
  if (seconds > rule.maxSeconds) throw new Failure('ValidationError', rule.tooLong);
  // A time after a time is one.
  return (nowMs + seconds * MS_PER_SECOND) as EpochMs;
}
