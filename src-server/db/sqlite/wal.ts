import { statSync } from 'node:fs';
import type { SqliteDatabase } from './open-database.ts';

interface WalRow {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

export interface WalFacts {
  /** Frames in the WAL, and how many of them are in the main file already. */
  readonly frames: number;
  readonly checkpointed: number;
  readonly pageBytes: number;
}

/** How long TRUNCATE waits for a reader's snapshot; readers are short, and commands wait meanwhile. */
const TRUNCATE_WAIT_MS = 20;

/** Looks at the WAL without touching it. */
export function walFrames(db: SqliteDatabase): WalFacts {
  const row = pragmaRow(db, 'NOOP');
  const pageBytes = Number(db.pragma('page_size', { simple: true }));
  return { frames: Math.max(row.log, 0), checkpointed: Math.max(row.checkpointed, 0), pageBytes };
}

/**
 * Moves the WAL into the main file, synced. `complete` = all of it; a reader's snapshot may hold back the rest. Throws the
 * driver's error.
 */
export function checkpointWal(db: SqliteDatabase, mode: 'PASSIVE' | 'TRUNCATE'): { complete: boolean } {
  if (mode === 'PASSIVE') return { complete: isComplete(pragmaRow(db, mode)) };
  const timeoutMs = Number(db.pragma('busy_timeout', { simple: true }));
  db.pragma(`busy_timeout = ${TRUNCATE_WAIT_MS}`);
  try {
    return { complete: isComplete(pragmaRow(db, mode)) };
  } finally {
    db.pragma(`busy_timeout = ${timeoutMs}`);
  }
}

function isComplete(row: WalRow): boolean {
  return row.busy === 0 && row.log === row.checkpointed;
}

function pragmaRow(db: SqliteDatabase, mode: 'NOOP' | 'PASSIVE' | 'TRUNCATE'): WalRow {
  // The columns are those that SQLite documents for this pragma.
  const rows = db.pragma(`wal_checkpoint(${mode})`) as WalRow[];
  const row = rows[0];
  if (row === undefined) throw new Error('wal_checkpoint answered no row');
  return row;
}

/**
 * What a WAL that may reach `walLimitBytes` can still take of the disk: its own growth and then the main file's, for which
 * free pages inside serve first.
 */
export function growthBytes(db: SqliteDatabase, walLimitBytes: number): number {
  const walFileBytes = statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const freePages = Number(db.pragma('freelist_count', { simple: true }));
  const freeBytes = freePages * Number(db.pragma('page_size', { simple: true }));
  return Math.max(0, walLimitBytes - walFileBytes) + Math.max(0, walLimitBytes - freeBytes);
}

/** Bytes of the catalogue's pages. */
export function databaseBytes(db: SqliteDatabase): number {
  const pages = Number(db.pragma('page_count', { simple: true }));
  return pages * Number(db.pragma('page_size', { simple: true }));
}
