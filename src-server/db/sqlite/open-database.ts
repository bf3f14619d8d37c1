import Database from 'better-sqlite3';

/** One SQLite connection. Only `db/sqlite` and `db/migrations` know its methods. */
export type SqliteDatabase = Database.Database;
export type SqliteStatement = Database.Statement<unknown[], unknown>;

export interface OpenDatabaseOptions {
  /** Refuses every write, and a file that does not exist. */
  readonly readonly?: boolean;
  /**
   * `wal`: the catalogue in service; the mode is set (a read-only connection only checks it) and read back.
   * `keep`: a checkpoint copy, opened as it is.
   */
  readonly journal?: 'wal' | 'keep';
  /** Upper bound of this connection's page cache. */
  readonly cacheBytes?: number;
}

/** SQLite ignored a pragma on which the durability promise rests. */
class PragmaRefused extends Error {
  override readonly name = 'PragmaRefused';
}

const BUSY_TIMEOUT_MS = 5000;
const DEFAULT_CACHE_BYTES = 16 * 1024 * 1024;

/** Value each pragma must read back; `synchronous` 1 is NORMAL: the log is synced first, so a second sync buys nothing. */
const REQUIRED_PRAGMAS: Readonly<Record<string, number>> = {
  synchronous: 1,
  foreign_keys: 1,
  busy_timeout: BUSY_TIMEOUT_MS,
  cell_size_check: 1,
  mmap_size: 0,
  wal_autocheckpoint: 0,
};

/**
 * Opens a SQLite file with the pragmas of DESIGN §3 and reads each one back. The only place that imports the driver.
 *
 * @throws PragmaRefused when a pragma does not hold; the driver's error when the file cannot be opened
 */
export function openDatabase(path: string, options: OpenDatabaseOptions = {}): SqliteDatabase {
  const readonly = options.readonly ?? false;
  const db = new Database(path, { readonly, fileMustExist: readonly });
  try {
    requireJournalMode(db, readonly, options.journal ?? 'wal');
    for (const [name, value] of Object.entries(REQUIRED_PRAGMAS)) requirePragma(db, name, value);
    const cacheKib = Math.ceil((options.cacheBytes ?? DEFAULT_CACHE_BYTES) / 1024);
    db.pragma(`cache_size = -${cacheKib}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function requireJournalMode(db: SqliteDatabase, readonly: boolean, journal: 'wal' | 'keep'): void {
  if (journal === 'keep') return;
  const mode: unknown = db.pragma(readonly ? 'journal_mode' : 'journal_mode = WAL', { simple: true });
  if (mode !== 'wal') throw new PragmaRefused(`journal_mode is ${String(mode)}, not wal`);
}

function requirePragma(db: SqliteDatabase, name: string, value: number): void {
  db.pragma(`${name} = ${value}`);
  const held: unknown = db.pragma(name, { simple: true });
  // mmap_size reads back as nothing where SQLite was built without memory mapping.
  if (held !== value && !(value === 0 && held === undefined)) {
    throw new PragmaRefused(`${name} is ${String(held)}, not ${value}`);
  }
}
