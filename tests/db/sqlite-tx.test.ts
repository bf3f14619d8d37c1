import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatementRefused } from '../../src-server/db/sqlite/statement-rules.ts';
import { openInlineEngine } from '../support/inline-engine.ts';

const INSERT_SETTING = 'INSERT INTO setting (name, value) VALUES (?, ?)';

test('a read refuses a writing statement', async () => {
  const engine = openInlineEngine();
  try {
    await assert.rejects(
      engine.catalogue.read((tx) => tx.all("INSERT INTO setting (name, value) VALUES ('a', 'b') RETURNING name")),
      StatementRefused,
    );
  } finally {
    engine.close();
  }
});

test('a read that begins after a write resolved sees it, and overlapping reads share one snapshot', async () => {
  const engine = openInlineEngine();
  try {
    await engine.run((tx) => tx.run(INSERT_SETTING, 'a', '1'));
    const read = () => engine.catalogue.read((tx) => tx.all<{ name: string }>('SELECT name FROM setting'));
    const [one, two] = await Promise.all([read(), read()]);
    assert.deepEqual(one, [{ name: 'a' }]);
    assert.deepEqual(two, one);
    await engine.run((tx) => tx.run(INSERT_SETTING, 'b', '2'));
    assert.equal((await read()).length, 2);
    assert.equal(engine.catalogue.generation(), 2);
  } finally {
    engine.close();
  }
});

test('statements that would replay differently, and parameters that cannot be recorded, are refused', async () => {
  const engine = openInlineEngine();
  try {
    const refused = [
      "INSERT INTO setting (name, value) VALUES ('a', CURRENT_TIMESTAMP)",
      "INSERT INTO setting (name, value) VALUES ('a', json_array(1))",
      'DELETE FROM setting WHERE name = random()',
      "INSERT OR ROLLBACK INTO setting (name, value) VALUES ('a', 'b')",
      'CREATE TABLE x (y)',
      'PRAGMA user_version = 7',
    ];
    for (const sql of refused)
      await assert.rejects(
        engine.run((tx) => tx.run(sql)),
        StatementRefused,
        sql,
      );
    for (const value of [undefined, new Uint8Array(1), true]) {
      // The types forbid these; a caller that slipped past them must still be stopped.
      await assert.rejects(
        engine.run((tx) => tx.run(INSERT_SETTING, 'a', value as never)),
        StatementRefused,
      );
    }
  } finally {
    engine.close();
  }
});
