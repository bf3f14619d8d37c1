import type { Command } from '../../commands/command.ts';
import type { CommandTraits } from '../../commands/command-traits.ts';
import type { ReadyFrames } from '../commit-engine.ts';

export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  /** A `Failure` for the caller; anything else is a bug and answers InternalError. */
  | { readonly ok: false; readonly error: unknown };

/** One command that waits for its batch. */
export interface Submission {
  readonly command: Command<never, unknown>;
  readonly input: unknown;
  readonly frames: readonly ReadyFrames[];
  readonly frameBytes: number;
  readonly traits: CommandTraits;
  /** Called once. */
  settle(outcome: Outcome): void;
}

export function totalBytes(frames: readonly ReadyFrames[]): number {
  let sum = 0;
  for (const frame of frames) sum += frame.length;
  return sum;
}
