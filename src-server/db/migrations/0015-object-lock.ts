/** Object Lock: what keeps a version, what a bucket asks for its new ones, and the clock by which that ends. */
export const OBJECT_LOCK_0015: readonly string[] = [
  // retention_mode: GOVERNANCE | COMPLIANCE. legal_hold: null never set, 0 off, 1 on. Null everywhere: no lock.
  `ALTER TABLE object_version ADD COLUMN retention_mode TEXT`,
  `ALTER TABLE object_version ADD COLUMN retain_until_ms INTEGER`,
  `ALTER TABLE object_version ADD COLUMN legal_hold INTEGER`,
  `ALTER TABLE upload ADD COLUMN retention_mode TEXT`,
  `ALTER TABLE upload ADD COLUMN retain_until_ms INTEGER`,
  `ALTER TABLE upload ADD COLUMN legal_hold INTEGER`,
  // JSON of domain/bucket-lock.ts; null: no Object Lock.
  `ALTER TABLE bucket ADD COLUMN object_lock TEXT`,
  // One row. trusted_ms never goes back. held: JSON of why no lock ends until an admin confirms; null: they do.
  `CREATE TABLE lock_clock (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     trusted_ms INTEGER NOT NULL,
     held TEXT
   ) STRICT`,
];
