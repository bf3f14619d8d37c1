import { primaryKey } from './compare-catalogues.ts';
import { openDatabase, type SqliteDatabase } from './open-database.ts';

/** The copy was given up, because it was asked to or because the live WAL grew too long meanwhile. */
export class CopyAborted extends Error {
  override readonly name = 'CopyAborted';
}

const CHUNK_ROWS = 5000;

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly sql: string;
}

const SCHEMA = `SELECT type, name, sql FROM live.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'`;

/**
 * Writes a consistent copy of the catalogue at `live` to the new file `target`: every table from one snapshot, in steps, so
 * that it can be given up between two of them (VACUUM INTO cannot; LOG.md 21 wants an abort). Indexes follow when the
 * snapshot is released. The caller syncs the file.
 *
 * @param mayGoOn asked between steps
 * @throws CopyAborted when `mayGoOn` said no
 */
export function copyCatalogue(live: string, target: string, mayGoOn: () => boolean): void {
  const db = openDatabase(target, { journal: 'keep' });
  try {
    // A copy that is interrupted is thrown away, so it needs no journal. References were checked where it comes from.
    db.pragma('journal_mode = OFF');
    db.pragma('foreign_keys = OFF');
    db.prepare('ATTACH ? AS live').run(live);
    db.exec('BEGIN');
    // The row type is the statement's, above. It is the first read: the snapshot begins here.
    const schema = db.prepare(SCHEMA).all() as SchemaRow[];
    copyVersion(db);
    const tables = schema.filter((entry) => entry.type === 'table');
    for (const table of tables) db.exec(table.sql);
    for (const table of tables) copyTable(db, table.name, mayGoOn);
    db.exec('COMMIT');
    db.exec('DETACH live');
    for (const entry of schema.filter((other) => other.type !== 'table')) {
      step(mayGoOn);
      db.exec(entry.sql);
    }
  } finally {
    db.close();
  }
}

function copyVersion(db: SqliteDatabase): void {
  for (const pragma of ['application_id', 'user_version']) {
    db.pragma(`main.${pragma} = ${Number(db.pragma(`live.${pragma}`, { simple: true }))}`);
  }
}

function copyTable(db: SqliteDatabase, table: string, mayGoOn: () => boolean): void {
  const key = primaryKey(db, table);
  const keys = key.join(', ');
  const copy = (condition: string): string =>
    `INSERT INTO main."${table}" SELECT * FROM live."${table}" ${condition} ORDER BY ${keys} LIMIT ${CHUNK_ROWS}`;
  const next = db.prepare(copy(`WHERE (${keys}) > (${key.map(() => '?').join(', ')})`));
  const last = db
    .prepare(`SELECT ${keys} FROM main."${table}" ORDER BY ${key.map((name) => `${name} DESC`).join(', ')} LIMIT 1`)
    .raw()
    .safeIntegers();
  let copied = db.prepare(copy('')).run().changes;
  while (copied === CHUNK_ROWS) {
    step(mayGoOn);
    // Raw rows are arrays of the key's columns.
    copied = next.run(...(last.get() as unknown[])).changes;
  }
}

function step(mayGoOn: () => boolean): void {
  if (!mayGoOn()) throw new CopyAborted('the copy of the catalogue was given up');
}

/** What SQLite's own check says about a file: `ok` or its first complaints. */
export function quickCheck(path: string, journal: 'wal' | 'keep'): string {
  const db = openDatabase(path, { readonly: true, journal });
  try {
    // The pragma answers one column of text.
    const rows = db.pragma('quick_check(10)') as { quick_check: string }[];
    return rows.map((row) => row.quick_check).join('; ');
  } finally {
    db.close();
  }
}
