import type { NotProven } from '../services/account/prove-self.ts';
import { ConsoleError } from './endpoint.ts';

/** 429 with the time after which the next try counts. */
export function tooManyTries(waitMs: number): ConsoleError {
  const seconds = String(Math.ceil(waitMs / 1000));
  return new ConsoleError(429, 'TooManyTries', `too many tries; wait ${seconds} s`, undefined, {
    'retry-after': seconds,
  });
}

/** What is told to who could not prove that they are the owner of their session: not which part was wrong. */
export function notProven(outcome: NotProven): ConsoleError {
  if (outcome.kind === 'wait') return tooManyTries(outcome.waitMs);
  return new ConsoleError(403, 'WrongProof', 'password or code is wrong');
}
