/** What was changed of buckets and settings, by whom: history that people read and undo. */
export const CHANGE_RECORD_0004: readonly string[] = [
  // scope: bucket | setting. target: the bucket's id as text; '' for settings of the install. Values are JSON, null where nothing was set.
  // actor_name: as it was then; actor_id null for the server itself. access_key_id: of a change made through S3.
  `CREATE TABLE change_record (
     id INTEGER PRIMARY KEY,
     scope TEXT NOT NULL,
     target TEXT NOT NULL,
     field TEXT NOT NULL,
     before_value TEXT,
     after_value TEXT,
     actor_id INTEGER,
     actor_name TEXT NOT NULL,
     access_key_id TEXT,
     at_ms INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX change_record_by_target ON change_record (scope, target, id)`,
];
