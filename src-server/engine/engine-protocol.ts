import type { MessagePort } from 'node:worker_threads';
import type { DurabilityMode } from '../config/schema.ts';
import type { AuditActor } from '../domain/audit.ts';
import { Failure } from '../domain/failure.ts';
import type { ReadyFrames } from './commit-engine.ts';
import { EngineStopped, InstallMismatch } from './engine-options.ts';
import type { EngineStart } from './engine-status.ts';

/*
 * What crosses between threads. One message per turn of the event loop in each direction, however many commands there are.
 */

/** Commands of one thread. A number names its command until it is answered. */
export interface SubmitMessage {
  readonly numbers: readonly number[];
  readonly names: readonly string[];
  readonly inputs: readonly unknown[];
  /** Undefined where none of the commands has any. */
  readonly frames: readonly (readonly ReadyFrames[])[] | undefined;
  /** As `frames`. */
  readonly actors: readonly (AuditActor | undefined)[] | undefined;
}

/** Settled commands: numbers, and for each its value or its error. */
export interface AnswerMessage {
  readonly numbers: readonly number[];
  readonly answers: readonly Answer[];
}

export type Answer = readonly [ok: true, value: unknown] | readonly [ok: false, error: CrossedError];

/** An error as it crosses: a Failure in its cloneable form, anything else by name and text. */
export type CrossedError =
  | { readonly failure: ReturnType<Failure['toJSON']> }
  | { readonly name: string; readonly message: string; readonly stack: string | undefined };

/** What the owner asks of the commit thread, over the worker's own port. */
export type ControlRequest =
  | { readonly kind: 'connect'; readonly port: MessagePort }
  | { readonly kind: 'set-durability'; readonly number: number; readonly durability: DurabilityMode }
  | { readonly kind: 'status' | 'checkpoint' | 'release-segments' | 'sync-log' | 'close'; readonly number: number };

export type ControlReply =
  | { readonly kind: 'opened'; readonly start: EngineStart }
  | { readonly kind: 'not-opened'; readonly error: CrossedError }
  | { readonly kind: 'reply'; readonly number: number; readonly answer: Answer }
  | { readonly kind: 'fatal'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'batch-failed'; readonly reason: string }
  | { readonly kind: 'checkpoint-failed'; readonly reason: string };

export function crossError(error: unknown): CrossedError {
  if (error instanceof Failure) return { failure: error.toJSON() };
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack };
  return { name: 'Error', message: String(error), stack: undefined };
}

/** The error on the other side: a Failure again, the engine's own errors by their class, else an Error. */
export function reviveError(crossed: CrossedError): Error {
  if ('failure' in crossed) {
    const { code, message, detail } = crossed.failure;
    return new Failure(code, message === '' ? undefined : message, detail);
  }
  const revived = errorOf(crossed.name, crossed.message);
  if (crossed.stack !== undefined) revived.stack = crossed.stack;
  return revived;
}

function errorOf(name: string, message: string): Error {
  // A newer release's catalogue contradicts this program as a foreign disk does: exit 2.
  if (name === 'InstallMismatch' || name === 'NewerCatalogue') return new InstallMismatch(message);
  if (name === 'EngineStopped' || name === 'CatalogueDoubtful') return new EngineStopped(message);
  const error = new Error(message);
  error.name = name;
  return error;
}
