import type { CommandInput, CommandName, CommandOutput } from '../commands/registry.ts';
import type { AuditActor } from '../domain/audit.ts';
import { Failure } from '../domain/failure.ts';

/**
 * Frames of one extent of at most 1 MiB (`storage/extent-format.ts`), ready to be written in the log with the command's batch.
 * Backed by a SharedArrayBuffer when it comes from the slab pool; the engine copies nothing but what it writes, and the
 * bytes may be reused once `submit` settled.
 */
export type ReadyFrames = Uint8Array;

/**
 * The one way to change the catalogue (DESIGN §3). `submit` queues a command by name; the commit thread batches it, runs
 * it in its own savepoint, writes the log, syncs as the durability mode says, commits and answers.
 *
 * Promise resolved = the change is durable as promised and visible to every later read on every thread.
 * Rejects with the `Failure` the command threw (nothing changed), or `ServiceUnavailable` / `InsufficientStorage`
 * when the batch could not be made durable (nothing changed). One exception: `OutcomeUnknown`.
 */
export interface CommitEngine {
  submit<N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    frames?: readonly ReadyFrames[],
    /** For the audit trail; left out: the server itself. `services/access/acting.ts` gives it for requests. */
    actor?: AuditActor,
  ): Promise<CommandOutput<N>>;
}

/**
 * The engine stopped with this command in its hands: its record may be durable, then the next start completes it. Bytes
 * that the command names must stay. The client is told ServiceUnavailable.
 */
export class OutcomeUnknown extends Failure {
  constructor() {
    super('ServiceUnavailable', 'The engine has stopped.');
  }
}
