import type { ReadTx } from '../../db/tx.ts';
import type { CommandInput, CommandName, CommandOutput } from '../registry.ts';
import type { AuditEntry } from '../support/record-audit.ts';

/** What the command was asked and did. */
export interface Done<N extends CommandName> {
  readonly input: CommandInput<N>;
  readonly output: CommandOutput<N>;
  /** The catalogue as it is after the command. */
  readonly tx: ReadTx;
}

/** What a command's records say; undefined where this run is no change that the trail tells of. */
export type AuditedRule<N extends CommandName> = (
  done: Done<N>,
) => AuditEntry | undefined | Promise<AuditEntry | undefined>;

/** How a command stands to the audit trail: what it writes, or why it writes nothing. */
export type AuditRule<N extends CommandName> = AuditedRule<N> | { readonly why: string };

/** One row for every command: a new one does not pass the type checker without. */
export type AuditRules = { readonly [N in CommandName]: AuditRule<N> };
