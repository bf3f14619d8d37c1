import type { SqliteDatabase } from './open-database.ts';

/** One difference between two catalogues, in words. */
export type CatalogueDifference = string;

const TABLES = `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`;
const OBJECTS = `SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`;
const SHOWN = 5;

interface TableRow {
  readonly name: string;
  readonly sql: string;
}

/**
 * Compares schema and rows, table by table (LOG.md's last section). `log_state` is left out: it says how far each came.
 *
 * @returns at most a few differences of each table; none when both hold the same
 */
export function compareCatalogues(expected: SqliteDatabase, actual: SqliteDatabase): CatalogueDifference[] {
  const differences = compareLists('schema', allRows(expected, OBJECTS), allRows(actual, OBJECTS));
  if (differences.length > 0) return differences;
  // The row type is the statement's, above.
  const tables = expected.prepare(TABLES).all() as TableRow[];
  return tables
    .filter((table) => table.name !== 'log_state')
    .flatMap((table) => compareTable(table.name, expected, actual));
}

function compareTable(name: string, expected: SqliteDatabase, actual: SqliteDatabase): CatalogueDifference[] {
  const sql = `SELECT * FROM "${name}" ORDER BY ${primaryKey(expected, name).join(', ')}`;
  const left = rowsOf(expected, sql);
  const right = rowsOf(actual, sql);
  const found: CatalogueDifference[] = [];
  for (let row = 0; found.length < SHOWN; row += 1) {
    const a = left.next();
    const b = right.next();
    if (a.done === true && b.done === true) break;
    const texts = [a.done === true ? 'nothing' : show(a.value), b.done === true ? 'nothing' : show(b.value)];
    if (texts[0] !== texts[1]) found.push(`${name} row ${row}: ${texts[0]} expected, ${texts[1]} found`);
  }
  left.return?.();
  right.return?.();
  return found;
}

function compareLists(what: string, expected: readonly string[], actual: readonly string[]): CatalogueDifference[] {
  const missing = expected.filter((one) => !actual.includes(one)).map((one) => `${what}: missing ${one}`);
  const extra = actual.filter((one) => !expected.includes(one)).map((one) => `${what}: unexpected ${one}`);
  return [...missing, ...extra].slice(0, SHOWN);
}

function allRows(db: SqliteDatabase, sql: string): string[] {
  return [...rowsOf(db, sql)].map(show);
}

function rowsOf(db: SqliteDatabase, sql: string): IterableIterator<unknown> {
  return db.prepare(sql).raw().safeIntegers().iterate();
}

/** Quoted names of a table's key columns; every table of ours has an explicit key (LOG.md 21). */
export function primaryKey(db: SqliteDatabase, table: string): string[] {
  // The columns are those that SQLite documents for this pragma.
  const columns = db.pragma(`table_info("${table}")`) as { name: string; pk: number }[];
  const key = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk);
  if (key.length === 0) throw new Error(`table ${table} has no explicit key`);
  return key.map((column) => `"${column.name}"`);
}

function show(row: unknown): string {
  return JSON.stringify(row, (_name, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
