/** Sign-ins of the console. */
export const SESSION_0002: readonly string[] = [
  // token_hash: SHA-256 of the cookie's token, which is stored nowhere. used_ms is written back now and then.
  `CREATE TABLE session (
     id TEXT PRIMARY KEY,
     token_hash BLOB NOT NULL,
     user_id INTEGER NOT NULL REFERENCES iam_user (id),
     created_ms INTEGER NOT NULL,
     used_ms INTEGER NOT NULL,
     expires_ms INTEGER NOT NULL,
     address TEXT NOT NULL,
     client TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX session_by_token ON session (token_hash)`,
  `CREATE INDEX session_by_user ON session (user_id)`,
  `CREATE INDEX session_by_use ON session (used_ms)`,
  `CREATE INDEX session_by_end ON session (expires_ms)`,
];
