import type { WriteTx } from '../db/tx.ts';
import type { AuditActor } from '../domain/audit.ts';
import type { ContainerId } from '../domain/ids.ts';

/** Where the engine put one of the command's `ReadyFrames`: byte offset of its extent header in a container. */
export interface Placement {
  readonly containerId: ContainerId;
  readonly offset: number;
}

/**
 * One durable decision (DESIGN §3): SQL through `tx` and pure rules, nothing else. Input and output are structured-cloneable;
 * ids, times and random values come in the input. Holds everything that must be true together: preconditions, the new rows,
 * usage counters. Throws a `Failure` to change nothing.
 *
 * @param placed where each of the submitted frames will stand, in the order they were submitted
 * @param actor who asked for it, for the audit trail (`commands/audit`); undefined: the server itself
 */
export type Command<Input, Output> = (
  tx: WriteTx,
  input: Input,
  placed: readonly Placement[],
  actor?: AuditActor,
) => Promise<Output>;
