import { Failure } from '../../domain/failure.ts';

/** How long a role's session lasts unless its caller wants another time, and how long a role may let it last (IAM user guide). */
export const DEFAULT_SESSION_SECONDS = 3600;
const LONGEST_SESSION_SECONDS = 43_200;

/** @throws Failure ValidationError for a limit outside of 1 to 12 hours */
export function checkSessionLimit(seconds: number): number {
  if (seconds >= DEFAULT_SESSION_SECONDS && seconds <= LONGEST_SESSION_SECONDS) return seconds;
  throw new Failure(
    'ValidationError',
    `MaxSessionDuration must be between ${DEFAULT_SESSION_SECONDS} and ${LONGEST_SESSION_SECONDS} seconds`,
  );
}
