/** Version of `derived.db`. Another one is put aside: what it holds is history, not data. */
export const DERIVED_VERSION = 1;

/** Times are epoch milliseconds. `body` is JSON, written and read by the table's own file. */
export const DERIVED_SCHEMA: readonly string[] = [
  `CREATE TABLE sample (
     topic TEXT NOT NULL,
     level INTEGER NOT NULL,
     at_ms INTEGER NOT NULL,
     body TEXT NOT NULL,
     PRIMARY KEY (topic, level, at_ms)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE contact (
     program TEXT NOT NULL,
     name TEXT NOT NULL,
     access_key_id TEXT NOT NULL,
     version TEXT,
     first_ms INTEGER NOT NULL,
     last_ms INTEGER NOT NULL,
     last_write_ms INTEGER,
     last_error_ms INTEGER,
     last_error_code TEXT,
     bucket TEXT,
     remote TEXT,
     requests INTEGER NOT NULL,
     errors INTEGER NOT NULL,
     bytes_in INTEGER NOT NULL,
     bytes_out INTEGER NOT NULL,
     PRIMARY KEY (program, name, access_key_id)
   ) STRICT, WITHOUT ROWID`,
];
