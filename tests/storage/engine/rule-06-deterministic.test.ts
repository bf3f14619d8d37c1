import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MIGRATIONS } from '../../../src-server/db/migrations/index.ts';
import { createCatalogue } from '../../../src-server/db/migrations/run-migrations.ts';
import { primaryKey } from '../../../src-server/db/sqlite/compare-catalogues.ts';
import { openDatabase } from '../../../src-server/db/sqlite/open-database.ts';
import { checkWriteStatement, StatementRefused } from '../../../src-server/db/sqlite/statement-rules.ts';

const TABLES = fileURLToPath(new URL('../../../src-server/db/tables/', import.meta.url));

test('rule 6: what would replay differently is refused when the statement is prepared', () => {
  const refused = [
    'INSERT INTO t (a) VALUES (CURRENT_TIMESTAMP)',
    "INSERT INTO t (a) VALUES (datetime('now'))",
    'INSERT INTO t (a) VALUES (unixepoch())',
    'UPDATE t SET a = random()',
    'UPDATE t SET a = last_insert_rowid()',
    'UPDATE t SET a = changes()',
    'DELETE FROM t WHERE rowid = 1',
    "UPDATE t SET a = json_set(a, '$.x', 1)",
    "UPDATE t SET a = b ->> '$.x'",
    "UPDATE t SET a = printf('%f', b)",
    'INSERT OR ROLLBACK INTO t (a) VALUES (1)',
    'INSERT OR FAIL INTO t (a) VALUES (1)',
    "INSERT INTO t (a) SELECT RAISE(ROLLBACK, 'x')",
    'WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x',
  ];
  for (const sql of refused) assert.throws(() => checkWriteStatement(sql), StatementRefused, sql);
  checkWriteStatement('UPDATE t SET a = a + ? WHERE b = ? RETURNING a');
});

test('rule 6: the schema has no AUTOINCREMENT, no moving default, no trigger, no deferrable constraint', () => {
  for (const { statements } of MIGRATIONS) {
    for (const sql of statements) {
      assert.doesNotMatch(sql, /\bAUTOINCREMENT\b|\bTRIGGER\b|\bDEFERRABLE\b|\bDEFERRED\b/i);
      // A column that is added later needs one; a constant is the same at every replay.
      assert.doesNotMatch(sql, /\bDEFAULT\b(?!\s+(?:\d+|'[^']*')\s*$)/i);
    }
  }
});

test('rules 6 and 21: every table is STRICT and has an explicit key', () => {
  const db = openDatabase(':memory:', { journal: 'keep' });
  createCatalogue(db, MIGRATIONS);
  // The columns are those that SQLite documents for this pragma.
  const tables = (db.pragma('table_list') as { name: string; strict: number; schema: string }[]).filter(
    (table) => table.schema === 'main' && !table.name.startsWith('sqlite_'),
  );
  assert.ok(tables.length > 10);
  for (const table of tables) {
    assert.equal(table.strict, 1, table.name);
    assert.ok(primaryKey(db, table.name).length > 0);
  }
  db.close();
});

test('rule 6: every writing statement in db/tables passes the rules', () => {
  let checked = 0;
  for (const name of readdirSync(TABLES)) {
    const text = readFileSync(join(TABLES, name), 'utf8');
    for (const [, sql] of text.matchAll(/`((?:INSERT|UPDATE|DELETE)\b[^`]*)`/g)) {
      checkWriteStatement(sql ?? '');
      checked += 1;
    }
  }
  assert.ok(checked > 30);
});
