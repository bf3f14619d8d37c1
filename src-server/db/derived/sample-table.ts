import type { Sample, Stat } from '../../domain/roll-up.ts';
import type { SqliteDatabase } from '../sqlite/open-database.ts';

/** What is measured: of the whole server, or of each bucket. */
export type SampleTopic = 'server' | 'buckets';

const PUT = `INSERT OR REPLACE INTO sample (topic, level, at_ms, body) VALUES (?, ?, ?, ?)`;
const READ = `SELECT at_ms, body FROM sample WHERE topic = ? AND level = ? AND at_ms >= ? AND at_ms < ? ORDER BY at_ms`;
const PRUNE = `DELETE FROM sample WHERE topic = ? AND level = ? AND at_ms < ?`;
const NEWEST = `SELECT max(at_ms) AS at_ms FROM sample WHERE topic = ? AND level = ?`;

/** Samples by topic, level and time. */
export class SampleTable {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  /** Replaces one of the same time. */
  put(topic: SampleTopic, level: number, { atMs, values }: Sample): void {
    this.#db.prepare(PUT).run(topic, level, atMs, JSON.stringify(values));
  }

  /** From `fromMs` on and before `untilMs`, oldest first. A row that cannot be read is left out. */
  read(topic: SampleTopic, level: number, fromMs: number, untilMs: number): Sample[] {
    return this.#db.prepare(READ).all(topic, level, fromMs, untilMs).flatMap(readRow);
  }

  prune(topic: SampleTopic, level: number, beforeMs: number): void {
    this.#db.prepare(PRUNE).run(topic, level, beforeMs);
  }

  newestMs(topic: SampleTopic, level: number): number | undefined {
    // The statement's own column.
    const row = this.#db.prepare(NEWEST).get(topic, level) as { readonly at_ms: number | null };
    return row.at_ms ?? undefined;
  }
}

/** By hand: a schema library would cost this thread more memory than all it keeps. */
function readRow(given: unknown): Sample[] {
  // The statement's own columns; the table is STRICT.
  const { at_ms, body } = given as { readonly at_ms: number; readonly body: string };
  let values: unknown;
  try {
    values = JSON.parse(body);
  } catch {
    return [];
  }
  return isValues(values) ? [{ atMs: at_ms, values }] : [];
}

function isValues(values: unknown): values is Sample['values'] {
  return typeof values === 'object' && values !== null && Object.values(values).every(isStat);
}

function isStat(value: unknown): value is Stat {
  return Array.isArray(value) && value.length === 4 && value.every((number) => typeof number === 'number');
}
