/**
 * The first catalogue. Frozen: a later change is a later step. STRICT tables, explicit keys, no defaults that depend on
 * time or on other rows (LOG.md 6). Times are epoch milliseconds, sizes bytes, JSON columns are parsed by zod at the table file.
 */
export const CATALOGUE_0001: readonly string[] = [
  // One row. Written by the engine itself in each batch, never through a command and never recorded (LOG.md 14).
  `CREATE TABLE log_state (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     log_id BLOB NOT NULL,
     epoch INTEGER NOT NULL,
     applied_seq INTEGER NOT NULL,
     applied_crc INTEGER NOT NULL,
     synced_seq INTEGER NOT NULL,
     segment INTEGER NOT NULL,
     position INTEGER NOT NULL
   ) STRICT`,
  `CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID`,

  // --- where bytes live -------------------------------------------------------------------------------------------
  `CREATE TABLE disk (
     id INTEGER PRIMARY KEY,
     uuid TEXT NOT NULL UNIQUE,
     name TEXT NOT NULL UNIQUE,
     tier TEXT NOT NULL,
     state TEXT NOT NULL,
     created_ms INTEGER NOT NULL
   ) STRICT`,
  // kind: log | segment | chunk. state: open | sealed | doomed. live_bytes: stored bytes of extents with refs > 0.
  `CREATE TABLE container (
     id INTEGER PRIMARY KEY,
     name TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL,
     state TEXT NOT NULL,
     generation INTEGER NOT NULL,
     length INTEGER NOT NULL,
     live_bytes INTEGER NOT NULL,
     created_ms INTEGER NOT NULL
   ) STRICT`,
  // Chunk files are many: what looks after containers must not scan them.
  `CREATE INDEX container_doomed ON container (id) WHERE state = 'doomed'`,
  `CREATE INDEX container_segment ON container (id) WHERE kind <> 'chunk'`,
  `CREATE TABLE replica (
     container_id INTEGER NOT NULL REFERENCES container (id),
     disk_id INTEGER NOT NULL REFERENCES disk (id),
     state TEXT NOT NULL,
     generation INTEGER NOT NULL,
     PRIMARY KEY (container_id, disk_id)
   ) STRICT, WITHOUT ROWID`,
  // refs: how many body_extent rows name this extent; at 0 it stands in garbage.
  `CREATE TABLE extent (
     id INTEGER PRIMARY KEY,
     uid BLOB NOT NULL,
     container_id INTEGER NOT NULL REFERENCES container (id),
     container_offset INTEGER NOT NULL,
     header_length INTEGER NOT NULL,
     stored_length INTEGER NOT NULL,
     plain_length INTEGER NOT NULL,
     codec TEXT NOT NULL,
     refs INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX extent_by_container ON extent (container_id)`,
  `CREATE TABLE garbage (extent_id INTEGER PRIMARY KEY, since_ms INTEGER NOT NULL) STRICT`,
  // The ordered extents of a body: bytes [body_offset, body_offset + length) of it are bytes [extent_offset, …) of the extent's plain text.
  // extent_id is no declared reference: without an index on it each deleted extent would scan this table, and extent.refs counts it.
  `CREATE TABLE body_extent (
     body_id INTEGER NOT NULL,
     body_offset INTEGER NOT NULL,
     extent_id INTEGER NOT NULL,
     extent_offset INTEGER NOT NULL,
     length INTEGER NOT NULL,
     PRIMARY KEY (body_id, body_offset)
   ) STRICT, WITHOUT ROWID`,

  // --- who ---------------------------------------------------------------------------------------------------------
  `CREATE TABLE tenant (
     id INTEGER PRIMARY KEY,
     name TEXT NOT NULL UNIQUE,
     account_id TEXT NOT NULL UNIQUE,
     created_ms INTEGER NOT NULL
   ) STRICT`,
  // role: root | admin | user | readonly. account_id: the tenant's, else the user's own.
  `CREATE TABLE iam_user (
     id INTEGER PRIMARY KEY,
     name TEXT NOT NULL UNIQUE,
     tenant_id INTEGER REFERENCES tenant (id),
     account_id TEXT NOT NULL,
     canonical_id TEXT NOT NULL UNIQUE,
     role TEXT NOT NULL,
     email TEXT,
     display_name TEXT,
     password_hash TEXT,
     state TEXT NOT NULL,
     created_ms INTEGER NOT NULL
   ) STRICT`,
  `CREATE TABLE access_key (
     id TEXT PRIMARY KEY,
     user_id INTEGER NOT NULL REFERENCES iam_user (id),
     sealed_secret BLOB NOT NULL,
     state TEXT NOT NULL,
     created_ms INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX access_key_by_user ON access_key (user_id)`,

  // --- buckets -----------------------------------------------------------------------------------------------------
  // versioning: Off | Enabled | Suspended. ownership: null once its controls were deleted. tags, cors, encryption, acl: JSON or null.
  `CREATE TABLE bucket (
     id INTEGER PRIMARY KEY,
     name TEXT NOT NULL UNIQUE,
     owner_id INTEGER NOT NULL REFERENCES iam_user (id),
     created_ms INTEGER NOT NULL,
     location TEXT,
     versioning TEXT NOT NULL,
     ownership TEXT,
     acl TEXT,
     tags TEXT,
     cors TEXT,
     encryption TEXT
   ) STRICT`,
  `CREATE INDEX bucket_by_owner ON bucket (owner_id, name)`,
  // bytes: logical bytes of all versions and open parts. objects: current versions that are not delete markers.
  `CREATE TABLE bucket_usage (
     bucket_id INTEGER PRIMARY KEY REFERENCES bucket (id),
     bytes INTEGER NOT NULL,
     versions INTEGER NOT NULL,
     objects INTEGER NOT NULL,
     uploads INTEGER NOT NULL
   ) STRICT`,

  // --- objects -----------------------------------------------------------------------------------------------------
  // seq orders the versions of a key, newest greatest; DESC because they are looked at and listed newest first. is_current: the newest one, marker or not; at most one per key.
  // body_id: of body_extent and version_part rows; null for markers. envelope: the wrapped data key where encrypted.
  `CREATE TABLE object_version (
     bucket_id INTEGER NOT NULL REFERENCES bucket (id),
     key TEXT NOT NULL,
     seq INTEGER NOT NULL,
     version_id TEXT NOT NULL,
     is_current INTEGER NOT NULL,
     is_marker INTEGER NOT NULL,
     owner_id INTEGER NOT NULL,
     modified_ms INTEGER NOT NULL,
     size INTEGER NOT NULL,
     etag TEXT NOT NULL,
     storage_class TEXT NOT NULL,
     content_type TEXT,
     system_metadata TEXT,
     user_metadata TEXT,
     tags TEXT,
     acl TEXT,
     checksum TEXT,
     envelope BLOB,
     part_count INTEGER,
     body_id INTEGER,
     PRIMARY KEY (bucket_id, key, seq DESC)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX object_listed ON object_version (bucket_id, key) WHERE is_current = 1 AND is_marker = 0`,
  `CREATE UNIQUE INDEX object_version_by_id ON object_version (bucket_id, key, version_id) WHERE version_id <> 'null'`,
  `CREATE UNIQUE INDEX object_null_noncurrent ON object_version (bucket_id, key) WHERE version_id = 'null' AND is_current = 0`,
  // The parts of a completed multipart object, for GET ?partNumber and GetObjectAttributes.
  `CREATE TABLE version_part (
     body_id INTEGER NOT NULL,
     part_number INTEGER NOT NULL,
     body_offset INTEGER NOT NULL,
     size INTEGER NOT NULL,
     etag TEXT NOT NULL,
     checksum TEXT,
     PRIMARY KEY (body_id, part_number)
   ) STRICT, WITHOUT ROWID`,

  // --- multipart uploads -------------------------------------------------------------------------------------------
  // Ids begin with the time, so that (bucket_id, key, id) is the order of ListMultipartUploads.
  // state: open | completed (kept a while, so that a retried Complete answers completed_result again).
  `CREATE TABLE upload (
     id TEXT PRIMARY KEY,
     bucket_id INTEGER NOT NULL REFERENCES bucket (id),
     key TEXT NOT NULL,
     state TEXT NOT NULL,
     initiator_id INTEGER NOT NULL,
     owner_id INTEGER NOT NULL,
     initiated_ms INTEGER NOT NULL,
     storage_class TEXT NOT NULL,
     content_type TEXT,
     system_metadata TEXT,
     user_metadata TEXT,
     tags TEXT,
     acl TEXT,
     checksum_algorithm TEXT,
     checksum_type TEXT,
     envelope BLOB,
     completed_ms INTEGER,
     completed_fingerprint TEXT,
     completed_result TEXT
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX upload_by_key ON upload (bucket_id, key, id) WHERE state = 'open'`,
  `CREATE INDEX upload_completed ON upload (completed_ms) WHERE state = 'completed'`,
  `CREATE TABLE upload_part (
     upload_id TEXT NOT NULL REFERENCES upload (id),
     part_number INTEGER NOT NULL,
     body_id INTEGER NOT NULL,
     size INTEGER NOT NULL,
     etag TEXT NOT NULL,
     checksum TEXT,
     modified_ms INTEGER NOT NULL,
     PRIMARY KEY (upload_id, part_number)
   ) STRICT, WITHOUT ROWID`,
];
