/** Links for people without an account. */
export const SHARE_0005: readonly string[] = [
  // token_hash: SHA-256 of the address's token; sealed_token: the token under the master key, for its maker's list.
  // bucket_id and maker_id are no declared references: a link whose bucket or maker is gone stays in the list, dead, because ids are not used again.
  // kind: file | folder | selection | upload. base: the folder that shown paths are relative to. items: JSON list of keys, and of folders with a / at the end.
  // max_*, received_*, file_types (JSON list of endings): of an upload request. downloads, uses: how often.
  `CREATE TABLE share (
     id TEXT PRIMARY KEY,
     token_hash BLOB NOT NULL,
     sealed_token BLOB NOT NULL,
     kind TEXT NOT NULL,
     bucket_id INTEGER NOT NULL,
     bucket_name TEXT NOT NULL,
     base TEXT NOT NULL,
     items TEXT NOT NULL,
     maker_id INTEGER NOT NULL,
     created_ms INTEGER NOT NULL,
     expires_ms INTEGER,
     revoked_ms INTEGER,
     password_hash TEXT,
     download_limit INTEGER,
     note TEXT NOT NULL,
     label TEXT NOT NULL,
     max_bytes INTEGER,
     max_files INTEGER,
     file_types TEXT,
     received_bytes INTEGER NOT NULL,
     received_files INTEGER NOT NULL,
     opens INTEGER NOT NULL,
     downloads INTEGER NOT NULL,
     used_ms INTEGER,
     used_address TEXT,
     used_client TEXT
   ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX share_by_token ON share (token_hash)`,
  `CREATE INDEX share_by_maker ON share (maker_id, created_ms)`,
  `CREATE INDEX share_by_creation ON share (created_ms, id)`,
  // A download that began and was counted: who holds the ticket may go on with it.
  `CREATE TABLE share_ticket (
     ticket_hash BLOB PRIMARY KEY,
     share_id TEXT NOT NULL,
     path TEXT NOT NULL,
     started_ms INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX share_ticket_by_share ON share_ticket (share_id)`,
  `CREATE INDEX share_ticket_by_start ON share_ticket (started_ms)`,
  // The last uses of each link. kind: opened | downloaded | uploaded | refused (a wrong password).
  `CREATE TABLE share_use (
     id INTEGER PRIMARY KEY,
     share_id TEXT NOT NULL,
     kind TEXT NOT NULL,
     at_ms INTEGER NOT NULL,
     address TEXT NOT NULL,
     client TEXT NOT NULL,
     subject TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX share_use_by_share ON share_use (share_id, id)`,
];
