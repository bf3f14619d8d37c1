import { Failure } from '../../domain/failure.ts';
import { isDiskFull } from '../log/file-io.ts';
import type { Outcome } from './submission.ts';

/** What callers of a batch are told when the batch as a whole could not be made durable. Nothing of it stands. */
export function batchFailure(cause: unknown): Failure {
  if (isDiskFull(cause)) return noSpace();
  return new Failure('ServiceUnavailable', 'The change could not be made durable and was not made. Please retry.', {
    headers: { 'retry-after': '1' },
  });
}

export function noSpace(): Failure {
  return new Failure('InsufficientStorage');
}

/** What a command came to as its caller sees it: a full disk has a name, everything else stays what it is. */
export function presentedOutcome(outcome: Outcome): Outcome {
  return outcome.ok || !isDiskFull(outcome.error) ? outcome : { ok: false, error: noSpace() };
}

/** The engine answers reads only; `reason` is for people. */
export function writesRefused(reason: string): Failure {
  return new Failure('ServiceUnavailable', `Writes are stopped: ${reason}`, { headers: { 'retry-after': '60' } });
}

export function queueFull(): Failure {
  return new Failure('SlowDown', undefined, { headers: { 'retry-after': '1' } });
}
