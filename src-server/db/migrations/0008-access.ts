/** Who may do what: groups, roles, policies, sessions of STS, and what a bucket says of its own access. */
export const ACCESS_0008: readonly string[] = [
  // Groups, roles and policies belong to an account: a tenant's, or that of a user outside of every tenant.
  `CREATE TABLE iam_group (
     id INTEGER PRIMARY KEY,
     account_id TEXT NOT NULL,
     name TEXT NOT NULL,
     path TEXT NOT NULL,
     unique_id TEXT NOT NULL UNIQUE,
     created_ms INTEGER NOT NULL,
     UNIQUE (account_id, name)
   ) STRICT`,
  `CREATE TABLE group_member (
     group_id INTEGER NOT NULL REFERENCES iam_group (id),
     user_id INTEGER NOT NULL REFERENCES iam_user (id),
     PRIMARY KEY (group_id, user_id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX group_member_by_user ON group_member (user_id)`,
  // owner_id: who made it, and so owns the buckets that its sessions make. trust_policy: who may assume it.
  `CREATE TABLE iam_role (
     id INTEGER PRIMARY KEY,
     account_id TEXT NOT NULL,
     name TEXT NOT NULL,
     path TEXT NOT NULL,
     unique_id TEXT NOT NULL UNIQUE,
     owner_id INTEGER NOT NULL REFERENCES iam_user (id),
     trust_policy TEXT NOT NULL,
     description TEXT NOT NULL,
     max_session_seconds INTEGER NOT NULL,
     boundary_policy_id INTEGER,
     tags TEXT,
     created_ms INTEGER NOT NULL,
     UNIQUE (account_id, name)
   ) STRICT`,
  `CREATE INDEX iam_role_by_owner ON iam_role (owner_id)`,
  `CREATE TABLE managed_policy (
     id INTEGER PRIMARY KEY,
     account_id TEXT NOT NULL,
     name TEXT NOT NULL,
     path TEXT NOT NULL,
     unique_id TEXT NOT NULL UNIQUE,
     description TEXT NOT NULL,
     default_version INTEGER NOT NULL,
     next_version INTEGER NOT NULL,
     tags TEXT,
     created_ms INTEGER NOT NULL,
     updated_ms INTEGER NOT NULL,
     UNIQUE (account_id, name)
   ) STRICT`,
  `CREATE TABLE policy_version (
     policy_id INTEGER NOT NULL REFERENCES managed_policy (id),
     version INTEGER NOT NULL,
     document TEXT NOT NULL,
     created_ms INTEGER NOT NULL,
     PRIMARY KEY (policy_id, version)
   ) STRICT, WITHOUT ROWID`,
  // holder_kind: user | group | role; holder_id names its row.
  `CREATE TABLE attached_policy (
     holder_kind TEXT NOT NULL,
     holder_id INTEGER NOT NULL,
     policy_id INTEGER NOT NULL REFERENCES managed_policy (id),
     PRIMARY KEY (holder_kind, holder_id, policy_id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX attached_policy_by_policy ON attached_policy (policy_id)`,
  `CREATE TABLE inline_policy (
     holder_kind TEXT NOT NULL,
     holder_id INTEGER NOT NULL,
     name TEXT NOT NULL,
     document TEXT NOT NULL,
     PRIMARY KEY (holder_kind, holder_id, name)
   ) STRICT, WITHOUT ROWID`,
  `ALTER TABLE iam_user ADD COLUMN path TEXT NOT NULL DEFAULT '/'`,
  `ALTER TABLE iam_user ADD COLUMN boundary_policy_id INTEGER`,
  `ALTER TABLE iam_user ADD COLUMN tags TEXT`,
  // What the key may do at most (a policy), and where it may come from (a JSON list of addresses and CIDR blocks); null: no limit.
  `ALTER TABLE access_key ADD COLUMN policy TEXT`,
  `ALTER TABLE access_key ADD COLUMN source_ips TEXT`,
  // user_id: whose session, of a role its owner. issuing_key_id: with that key the session ends; null for a console's.
  // policies: JSON list of session policies. tags: of the session.
  `CREATE TABLE sts_session (
     access_key_id TEXT PRIMARY KEY,
     token_hash BLOB NOT NULL,
     sealed_secret BLOB NOT NULL,
     user_id INTEGER NOT NULL REFERENCES iam_user (id),
     role_id INTEGER REFERENCES iam_role (id),
     name TEXT NOT NULL,
     policies TEXT,
     tags TEXT,
     source_identity TEXT,
     issuing_key_id TEXT,
     created_ms INTEGER NOT NULL,
     expires_ms INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX sts_session_by_user ON sts_session (user_id)`,
  `CREATE INDEX sts_session_by_role ON sts_session (role_id)`,
  `CREATE INDEX sts_session_by_key ON sts_session (issuing_key_id)`,
  `CREATE INDEX sts_session_by_end ON sts_session (expires_ms)`,
  // policy: the text that was put. public_access_block: JSON of its four switches; null once it was deleted, which is none.
  `ALTER TABLE bucket ADD COLUMN policy TEXT`,
  `ALTER TABLE bucket ADD COLUMN public_access_block TEXT`,
  `ALTER TABLE bucket ADD COLUMN request_payer TEXT`,
];
