import Database from 'better-sqlite3';

/** Somebody else holds the lock. */
export class LockHeld extends Error {
  override readonly name = 'LockHeld';
  readonly path: string;

  constructor(path: string) {
    super(`${path} is held by another process`);
    this.path = path;
  }
}

export interface ExclusiveLock {
  release(): void;
}

/**
 * Takes a lock that the system gives back when its process dies, however it dies: a tiny SQLite file, held in a
 * transaction that excludes everybody. Works wherever SQLite does, which no other lock of Node's does.
 * Throws LockHeld at once where somebody has it, or SQLite's error.
 */
export function acquireLock(path: string): ExclusiveLock {
  const database = new Database(path, { timeout: 0 });
  try {
    // No journal file to clean up, and no write that anybody would miss.
    database.pragma('journal_mode = MEMORY');
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw new LockHeld(path);
    throw error;
  }
  return { release: () => database.close() };
}
