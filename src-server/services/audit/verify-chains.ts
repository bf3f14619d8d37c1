import { auditRecordOf, listAuditFrom } from '../../db/tables/audit-record.ts';
import { auditHash } from '../../domain/audit.ts';
import type { AuditHead } from '../../observability/audit-heads.ts';
import { CHAIN_START, type ChainEnd, readLine } from '../../observability/denied-chain.ts';
import type { Catalogue } from '../context.ts';

/** What a chain was found to be. */
export interface ChainReport {
  readonly records: number;
  readonly end: ChainEnd;
  /** Sentences; none: the chain is whole. */
  readonly problems: readonly string[];
}

const PAGE = 1000;

/** Follows the chain of changes in the catalogue from its first record and compares it with the heads that were kept. */
export async function verifyChanges(
  catalogue: Pick<Catalogue, 'read'>,
  heads: readonly AuditHead[],
): Promise<ChainReport> {
  const chain = new ChainWalk(heads.map((head) => head.changes));
  for (;;) {
    const rows = await catalogue.read((tx) => listAuditFrom(tx, chain.end.seq, PAGE));
    for (const row of rows) {
      const record = auditRecordOf(row);
      const hash = Buffer.from(record.hash).toString('hex');
      const previous = Buffer.from(record.previousHash).toString('hex');
      const isTrue = auditHash(record.seq, record, record.previousHash).equals(record.hash);
      chain.step({ seq: record.seq, previous, hash }, isTrue);
    }
    if (rows.length < PAGE) return chain.report();
  }
}

/**
 * Follows the chain of denied requests through its files. The oldest may be gone where a later record says so.
 *
 * @param files texts, oldest first
 */
export function verifyDenied(files: readonly string[], heads: readonly AuditHead[]): ChainReport {
  const lines = files.flatMap((text) => text.split('\n').filter((line) => line !== ''));
  const chain = new ChainWalk(
    heads.map((head) => head.denied),
    removedEnd(lines),
  );
  for (const [index, line] of lines.entries()) {
    const read = readLine(line);
    if (read === undefined) {
      // A crash tears the last line at most; the next start blanks it.
      if (index < lines.length - 1 || files.at(-1)?.endsWith('\n') === true)
        chain.fail(`line ${index + 1} is no record, or was changed`);
      continue;
    }
    chain.step(read, true);
  }
  return chain.report();
}

/** The last record of the last file that was removed, as the chain itself says. */
function removedEnd(lines: readonly string[]): ChainEnd | undefined {
  for (const line of lines.toReversed()) {
    if (!line.includes('"kind":"removed"') || readLine(line) === undefined) continue;
    // `readLine` found it to be what was hashed; the log itself wrote these fields.
    const said = JSON.parse(line) as { kind?: unknown; lastSeq?: unknown; lastHash?: unknown };
    if (said.kind === 'removed' && typeof said.lastSeq === 'number' && typeof said.lastHash === 'string') {
      return { seq: said.lastSeq, hash: said.lastHash };
    }
  }
  return undefined;
}

interface Link {
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

const PROBLEMS_MAX = 20;

class ChainWalk {
  end: ChainEnd;
  readonly #heads: ReadonlyMap<number, string>;
  readonly #begin: ChainEnd;
  readonly #problems: string[] = [];
  #records = 0;

  constructor(heads: readonly ChainEnd[], begin: ChainEnd = CHAIN_START) {
    this.#begin = begin;
    this.end = begin;
    this.#heads = new Map(heads.map(({ seq, hash }) => [seq, hash]));
  }

  fail(problem: string): void {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push(problem);
  }

  step({ seq, previous, hash }: Link, isTrue: boolean): void {
    if (seq !== this.end.seq + 1) this.fail(`record ${seq} follows ${this.end.seq}: records are missing or moved`);
    else if (previous !== this.end.hash) this.fail(`record ${seq} does not follow the record before it`);
    if (!isTrue) this.fail(`record ${seq} was changed`);
    const head = this.#heads.get(seq);
    if (head !== undefined && head !== hash)
      this.fail(`record ${seq} is not the one that was there when it was the last`);
    this.end = { seq, hash };
    this.#records += 1;
  }

  report(): ChainReport {
    const last = Math.max(0, ...this.#heads.keys());
    if (last > this.end.seq) this.fail(`the chain ends at ${this.end.seq}, it reached ${last}: records were cut off`);
    const beginsAt = this.#begin.seq;
    return {
      records: this.#records,
      end: this.end,
      problems: beginsAt > this.end.seq ? ['the chain is empty'] : this.#problems,
    };
  }
}
