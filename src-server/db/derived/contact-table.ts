import type { Contact } from '../../observability/contacts.ts';
import type { SqliteDatabase } from '../sqlite/open-database.ts';

/** Who has not been seen for longest goes when there are more. */
const CONTACTS_MAX = 1000;

const ADD = `INSERT INTO contact (program, name, access_key_id, version, first_ms, last_ms, last_write_ms, last_error_ms,
    last_error_code, bucket, remote, requests, errors, bytes_in, bytes_out)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (program, name, access_key_id) DO UPDATE SET
    version = coalesce(excluded.version, version),
    last_ms = max(last_ms, excluded.last_ms),
    bucket = CASE WHEN excluded.last_write_ms IS NOT NULL OR bucket IS NULL THEN excluded.bucket ELSE bucket END,
    last_write_ms = coalesce(excluded.last_write_ms, last_write_ms),
    last_error_code = CASE WHEN excluded.last_error_ms IS NULL THEN last_error_code ELSE excluded.last_error_code END,
    last_error_ms = coalesce(excluded.last_error_ms, last_error_ms),
    remote = coalesce(excluded.remote, remote),
    requests = requests + excluded.requests,
    errors = errors + excluded.errors,
    bytes_in = bytes_in + excluded.bytes_in,
    bytes_out = bytes_out + excluded.bytes_out`;
const LIST = `SELECT program, name, access_key_id, version, first_ms, last_ms, last_write_ms, last_error_ms, last_error_code,
    bucket, remote, requests, errors, bytes_in, bytes_out
  FROM contact ORDER BY last_ms DESC LIMIT ?`;
const PRUNE = `DELETE FROM contact WHERE last_ms < (SELECT last_ms FROM contact ORDER BY last_ms DESC LIMIT 1 OFFSET ?)`;

/** Columns of `LIST`. */
interface ContactRow {
  readonly program: string;
  readonly name: string;
  readonly access_key_id: string;
  readonly version: string | null;
  readonly first_ms: number;
  readonly last_ms: number;
  readonly last_write_ms: number | null;
  readonly last_error_ms: number | null;
  readonly last_error_code: string | null;
  readonly bucket: string | null;
  readonly remote: string | null;
  readonly requests: number;
  readonly errors: number;
  readonly bytes_in: number;
  readonly bytes_out: number;
}

function contactOf(row: ContactRow): Contact {
  return {
    program: { id: row.program, name: row.name, version: row.version ?? undefined },
    accessKeyId: row.access_key_id === '' ? undefined : row.access_key_id,
    firstMs: row.first_ms,
    lastMs: row.last_ms,
    lastWriteMs: row.last_write_ms ?? undefined,
    lastErrorMs: row.last_error_ms ?? undefined,
    lastErrorCode: row.last_error_code ?? undefined,
    bucket: row.bucket ?? undefined,
    remote: row.remote ?? undefined,
    requests: row.requests,
    errors: row.errors,
    bytesIn: row.bytes_in,
    bytesOut: row.bytes_out,
  };
}

/** What client programs did with which keys, since this database began. */
export class ContactTable {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  /** Adds what was counted since the last time. */
  add(contacts: readonly Contact[]): void {
    const statement = this.#db.prepare(ADD);
    for (const c of contacts) {
      const { id, name, version = null } = c.program;
      const times = [c.firstMs, c.lastMs, c.lastWriteMs ?? null, c.lastErrorMs ?? null].map(wholeOrNull);
      const counts = [c.requests, c.errors, c.bytesIn, c.bytesOut].map(wholeOrNull);
      const texts = [c.lastErrorCode ?? null, c.bucket ?? null, c.remote ?? null];
      statement.run(id, name, c.accessKeyId ?? '', version, ...times, ...texts, ...counts);
    }
    if (contacts.length > 0) this.#db.prepare(PRUNE).run(CONTACTS_MAX - 1);
  }

  /** Last seen first. */
  list(limit: number): Contact[] {
    // The statement's own columns; the table is STRICT. No schema library: it would cost this thread its memory.
    return (this.#db.prepare(LIST).all(limit) as ContactRow[]).map(contactOf);
  }
}

/** A JavaScript number is bound as REAL, which a STRICT integer column takes only where it is whole. */
function wholeOrNull(value: number | null): bigint | null {
  return value === null ? null : BigInt(Math.round(value));
}
