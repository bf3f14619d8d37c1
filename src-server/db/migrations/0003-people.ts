/** People and their keys: labels, expiry and use of access keys, links that set a password, second factors. */
export const PEOPLE_0003: readonly string[] = [
  `ALTER TABLE access_key ADD COLUMN label TEXT NOT NULL DEFAULT ''`,
  // Null: never.
  `ALTER TABLE access_key ADD COLUMN expires_ms INTEGER`,
  // Beside the key, not in its row: caches of keys do not depend on it.
  `CREATE TABLE access_key_use (
     key_id TEXT PRIMARY KEY,
     used_ms INTEGER NOT NULL,
     address TEXT NOT NULL,
     client TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,
  // token_hash: SHA-256 of the link's token, which is stored nowhere. purpose: invite | reset. One stands per user.
  `CREATE TABLE password_link (
     user_id INTEGER PRIMARY KEY REFERENCES iam_user (id),
     token_hash BLOB NOT NULL UNIQUE,
     purpose TEXT NOT NULL,
     created_ms INTEGER NOT NULL,
     expires_ms INTEGER NOT NULL
   ) STRICT`,
  // state: pending (until a code of it was given) | on. last_step: the newest time step whose code was taken.
  `CREATE TABLE second_factor (
     user_id INTEGER PRIMARY KEY REFERENCES iam_user (id),
     sealed_secret BLOB NOT NULL,
     state TEXT NOT NULL,
     last_step INTEGER NOT NULL,
     created_ms INTEGER NOT NULL
   ) STRICT`,
  // A code that was used is gone.
  `CREATE TABLE recovery_code (
     user_id INTEGER NOT NULL REFERENCES iam_user (id),
     code_hash BLOB NOT NULL,
     PRIMARY KEY (user_id, code_hash)
   ) STRICT, WITHOUT ROWID`,
];
