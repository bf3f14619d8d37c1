/** Who changed what: a chain to which records are only added. */
export const AUDIT_0011: readonly string[] = [
  // hash: SHA-256 of the record and previous_hash (domain/audit.ts). reason and details are JSON.
  // tenant_id: whose admins may read it, beside those of the install. actor_id null: nobody who signed in.
  `CREATE TABLE audit_record (
     seq INTEGER PRIMARY KEY,
     at_ms INTEGER NOT NULL,
     actor_id INTEGER,
     actor_name TEXT NOT NULL,
     actor_arn TEXT,
     access_key_id TEXT,
     tenant_id INTEGER,
     port TEXT NOT NULL,
     source_address TEXT,
     request_id TEXT,
     action TEXT NOT NULL,
     resource TEXT NOT NULL,
     reason TEXT,
     details TEXT NOT NULL,
     previous_hash BLOB NOT NULL,
     hash BLOB NOT NULL
   ) STRICT`,
];
