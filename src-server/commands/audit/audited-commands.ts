import type { SqlValue, WriteTx } from '../../db/tx.ts';
import { type AuditActor, serverActor } from '../../domain/audit.ts';
import type { EpochMs, SequenceId } from '../../domain/ids.ts';
import type { Command } from '../command.ts';
import { COMMANDS } from '../registry.ts';
import { type AuditEntry, recordAudit } from '../support/record-audit.ts';
import { AUDIT_RULES } from './audit-rules.ts';

type AnyCommand = Command<never, unknown>;
/** A rule as the loop sees it: the table ties each to its command's input and output. */
type AnyRule = (done: {
  input: unknown;
  output: unknown;
  tx: WriteTx;
}) => AuditEntry | undefined | Promise<AuditEntry | undefined>;

/** Every command as the engine runs it: those that the trail tells of leave their record in their own transaction. */
export const AUDITED_COMMANDS: Readonly<Record<string, AnyCommand>> = Object.fromEntries(
  Object.entries(COMMANDS).map(([name, command]): [string, AnyCommand] => {
    const rule = (AUDIT_RULES as Readonly<Record<string, unknown>>)[name];
    // The keys of both tables are the same by type; what is no function is a reason why not.
    return [
      name,
      typeof rule === 'function' ? audited(command as AnyCommand, rule as AnyRule) : (command as AnyCommand),
    ];
  }),
);

/** A command that changed no row leaves no record: a file that is applied again, a setting that stays as it is. */
function audited(command: AnyCommand, rule: AnyRule): AnyCommand {
  return async (tx, input, placed, actor) => {
    const counted = new CountingTx(tx);
    const output = await command(counted, input, placed, actor);
    if (counted.changed === 0) return output;
    const entry = await rule({ input, output, tx });
    if (entry !== undefined) await recordAudit(tx, actor ?? unknownActor(input), entry);
    return output;
  };
}

class CountingTx implements WriteTx {
  changed = 0;
  readonly #tx: WriteTx;

  constructor(tx: WriteTx) {
    this.#tx = tx;
  }

  get<T>(sql: string, ...parameters: SqlValue[]): Promise<T | undefined> {
    return this.#tx.get<T>(sql, ...parameters);
  }

  all<T>(sql: string, ...parameters: SqlValue[]): Promise<T[]> {
    return this.#tx.all<T>(sql, ...parameters);
  }

  async run(sql: string, ...parameters: SqlValue[]): Promise<number> {
    const rows = await this.#tx.run(sql, ...parameters);
    this.changed += rows;
    return rows;
  }

  nextId(): SequenceId {
    return this.#tx.nextId();
  }
}

/** No clock in commands: the input's time, where it has one. */
function unknownActor(input: unknown): AuditActor {
  const atMs = typeof input === 'object' && input !== null && 'nowMs' in input ? input.nowMs : 0;
  return serverActor((typeof atMs === 'number' ? atMs : 0) as EpochMs);
}
