import * as z from 'zod';
import type { Sample } from '../../domain/roll-up.ts';
import type { SqliteDatabase } from '../sqlite/open-database.ts';

/** What is measured: of the whole server, or of each bucket. */
export type SampleTopic = 'server' | 'buckets';

const statSchema = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const bodySchema = z.record(z.string(), statSchema);
const rowSchema = z.object({ at_ms: z.number(), body: z.string() });

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
    const row = z.object({ at_ms: z.number().nullable() }).parse(this.#db.prepare(NEWEST).get(topic, level));
    return row.at_ms ?? undefined;
  }
}

function readRow(given: unknown): Sample[] {
  const { at_ms, body } = rowSchema.parse(given);
  let values: unknown;
  try {
    values = JSON.parse(body);
  } catch {
    return [];
  }
  const parsed = bodySchema.safeParse(values);
  return parsed.success ? [{ atMs: at_ms, values: parsed.data }] : [];
}
