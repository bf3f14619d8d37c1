import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { SqliteDatabase } from './open-database.ts';

export interface SideDatabase {
  readonly db: SqliteDatabase;
  /** Why the one that was there could not be used: it stands beside, as `….damaged`. */
  readonly putAside: string | undefined;
}

const CACHE_KIB = 1024;
const WAL_LIMIT_BYTES = 4 * 1024 * 1024;

/**
 * Opens a database of what may be lost, or begins a new one: nothing waits for the disk, and one that is damaged or of another
 * version is put aside. Throws where no file can be made at all.
 *
 * @param schema statements of a new database
 * @param version of the schema
 */
export function openSideDatabase(path: string, schema: readonly string[], version: number): SideDatabase {
  try {
    return { db: open(path, schema, version), putAside: undefined };
  } catch (error) {
    const putAside = error instanceof Error ? error.message : String(error);
    moveAside(path);
    return { db: open(path, schema, version), putAside };
  }
}

function open(path: string, schema: readonly string[], version: number): SqliteDatabase {
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    db.pragma(`cache_size = -${CACHE_KIB}`);
    db.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
    const held: unknown = db.pragma('user_version', { simple: true });
    if (held === 0) create(db, schema, version);
    else if (held !== version) throw new Error(`it is of version ${String(held)}`);
    const verdict: unknown = db.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Error(String(verdict));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function create(db: SqliteDatabase, schema: readonly string[], version: number): void {
  db.transaction(() => {
    for (const statement of schema) db.prepare(statement).run();
    db.pragma(`user_version = ${version}`);
  })();
}

/** Keeps one damaged file for who wants to look at it; its WAL goes. */
function moveAside(path: string): void {
  for (const tail of ['-wal', '-shm']) rmSync(`${path}${tail}`, { force: true });
  try {
    renameSync(path, `${path}.damaged`);
  } catch {
    rmSync(path, { force: true, recursive: true });
  }
}
