import { openDatabase, type SqliteDatabase, type SqliteStatement } from './open-database.ts';

/** An extent found in a container, as salvage sorts them. Offsets and lengths in bytes. */
export interface ScratchExtent {
  readonly bucket: string;
  readonly key: string;
  readonly version_id: string;
  readonly part_number: number;
  readonly body_offset: number;
  readonly created_ms: number;
  readonly last_of_body: number;
  readonly uid: Buffer;
  readonly envelope: Buffer;
  readonly codec: string;
  readonly container: string;
  readonly container_offset: number;
  readonly header_length: number;
  readonly stored_length: number;
  readonly plain_length: number;
}

const COLUMNS = [
  'bucket',
  'key',
  'version_id',
  'part_number',
  'body_offset',
  'created_ms',
  'last_of_body',
  'uid',
  'envelope',
  'codec',
  'container',
  'container_offset',
  'header_length',
  'stored_length',
  'plain_length',
] as const satisfies readonly (keyof ScratchExtent)[];

const CREATE = `CREATE TABLE found (
  bucket TEXT, key TEXT, version_id TEXT, part_number INTEGER, body_offset INTEGER, created_ms INTEGER,
  last_of_body INTEGER, uid BLOB PRIMARY KEY, envelope BLOB, codec TEXT, container TEXT, container_offset INTEGER,
  header_length INTEGER, stored_length INTEGER, plain_length INTEGER
) STRICT`;
// A copy of an extent (a mirror, a compaction) carries its uid: one of them is enough.
const INSERT = `INSERT OR IGNORE INTO found (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;
const ORDERED = `SELECT * FROM found ORDER BY bucket, key, version_id, part_number, body_offset, created_ms`;

/** A throw-away file that sorts what a scan of all containers found, however much it is. */
export class SalvageScratch {
  readonly #db: SqliteDatabase;
  readonly #insert: SqliteStatement;

  constructor(path: string) {
    this.#db = openDatabase(path, { journal: 'keep' });
    this.#db.pragma('journal_mode = OFF');
    this.#db.exec(CREATE);
    // The driver types `prepare` by its parameters; they are COLUMNS.
    this.#insert = this.#db.prepare(INSERT) as SqliteStatement;
    this.#db.exec('BEGIN');
  }

  add(extent: ScratchExtent): void {
    this.#insert.run(...COLUMNS.map((column) => extent[column]));
  }

  /** By bucket, key, version, part, offset. */
  ordered(): IterableIterator<ScratchExtent> {
    this.#db.exec('CREATE INDEX found_order ON found (bucket, key, version_id, part_number, body_offset, created_ms)');
    // The row type is the table's, above.
    return this.#db.prepare(ORDERED).iterate() as IterableIterator<ScratchExtent>;
  }

  close(): void {
    this.#db.exec('COMMIT');
    this.#db.close();
  }
}
