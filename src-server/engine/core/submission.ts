import type { Command } from '../../commands/command.ts';
import type { CommandTraits } from '../../commands/command-traits.ts';
import type { AuditActor } from '../../domain/audit.ts';
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
  readonly actor?: AuditActor | undefined;
  /** Called once. */
  settle(outcome: Outcome): void;
}

/** A command of the engine's own, which runs while anything still does. */
export function ownSubmission<T>(
  command: Command<undefined, T>,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Submission {
  return {
    // Its input is `undefined`, as given below.
    command: command as Command<never, unknown>,
    input: undefined,
    frames: [],
    frameBytes: 0,
    traits: { space: 'collect', priority: 'foreground' },
    // `command` fixes the value's type.
    settle: (outcome) => (outcome.ok ? resolve(outcome.value as T) : reject(outcome.error)),
  };
}

export function totalBytes(frames: readonly ReadyFrames[]): number {
  let sum = 0;
  for (const frame of frames) sum += frame.length;
  return sum;
}
