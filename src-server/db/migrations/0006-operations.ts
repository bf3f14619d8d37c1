/** Operations on files and folders that run as jobs, with what undoing them needs, and the bin of each bucket. */
export const OPERATIONS_0006: readonly string[] = [
  // user_id, bucket_id: no declared references, the history outlives people and buckets. kind: copy | move | rename | delete |
  // restore | purge | undo. state: queued | running | done | failed | cancelled | undone. position: JSON, where it goes on; null
  // until it was counted. errors: JSON, the first ones. undo_of: the operation that this one undoes.
  `CREATE TABLE operation (
     id INTEGER PRIMARY KEY,
     user_id INTEGER NOT NULL,
     user_name TEXT NOT NULL,
     kind TEXT NOT NULL,
     state TEXT NOT NULL,
     bucket_id INTEGER NOT NULL,
     bucket_name TEXT NOT NULL,
     summary TEXT NOT NULL,
     position TEXT,
     total_objects INTEGER,
     total_bytes INTEGER,
     done_objects INTEGER NOT NULL,
     done_bytes INTEGER NOT NULL,
     skipped INTEGER NOT NULL,
     failed INTEGER NOT NULL,
     errors TEXT NOT NULL,
     undo_of INTEGER,
     created_ms INTEGER NOT NULL,
     started_ms INTEGER,
     finished_ms INTEGER
   ) STRICT`,
  `CREATE INDEX operation_by_user ON operation (user_id, id)`,
  `CREATE INDEX operation_open ON operation (id) WHERE state = 'queued' OR state = 'running'`,
  // Apart from the row that progress rewrites: a request may name thousands of keys.
  `CREATE TABLE operation_request (
     operation_id INTEGER PRIMARY KEY REFERENCES operation (id),
     request TEXT NOT NULL
   ) STRICT`,
  // What one command did. Its id is the seq of every version and marker that it made, and the batch of what it put into a bin.
  // handed_over: the target took the very bodies of the source, whose rows are gone.
  `CREATE TABLE operation_batch (
     id INTEGER PRIMARY KEY,
     operation_id INTEGER NOT NULL REFERENCES operation (id),
     bucket_id INTEGER NOT NULL,
     target_bucket_id INTEGER NOT NULL,
     handed_over INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX operation_batch_of ON operation_batch (operation_id, id)`,
  // The keys of a batch. seq: of the version it took, or the batch of the binned object. body_id: of the copy, where one is made.
  `CREATE TABLE operation_item (
     batch_id INTEGER NOT NULL,
     key TEXT NOT NULL,
     seq INTEGER NOT NULL,
     target_key TEXT NOT NULL,
     version_id TEXT NOT NULL,
     marker_id TEXT NOT NULL,
     body_id INTEGER,
     PRIMARY KEY (batch_id, key, seq)
   ) STRICT, WITHOUT ROWID`,
  // What was deleted in the console where no version keeps it: whole, with its bytes, hidden from S3. Columns as object_version has
  // them; seq is the one it had there. Markers that were displaced are kept for an undo, and are not shown.
  `CREATE TABLE binned_object (
     bucket_id INTEGER NOT NULL REFERENCES bucket (id),
     batch_id INTEGER NOT NULL,
     key TEXT NOT NULL,
     binned_ms INTEGER NOT NULL,
     binned_by INTEGER NOT NULL,
     seq INTEGER NOT NULL,
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
     PRIMARY KEY (bucket_id, batch_id DESC, key)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX binned_object_by_time ON binned_object (binned_ms)`,
  // Of bytes, which count them too: those in the bin.
  `ALTER TABLE bucket_usage ADD COLUMN binned_bytes INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE bucket_usage ADD COLUMN binned_objects INTEGER NOT NULL DEFAULT 0`,
];
