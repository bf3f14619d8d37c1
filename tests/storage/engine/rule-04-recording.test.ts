import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '../../../src-server/db/sqlite/open-database.ts';
import { ReplayStatements } from '../../../src-server/db/sqlite/replay-statements.ts';
import { StatementRefused } from '../../../src-server/db/sqlite/statement-rules.ts';
import { assertReplayEqual, logRecords, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

test('rule 4: a write is recorded whichever method ran it, with its count of changes', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    await Promise.all(['a', 'b', 'c'].map((name) => engine.submit(put(name))));
    const answered = await engine.submit(async (tx) => {
      const one = await tx.get<{ name: string }>("UPDATE setting SET value = ? WHERE name = 'a' RETURNING name", 'new');
      const two = await tx.all<{ name: string }>("DELETE FROM setting WHERE name <> 'a' RETURNING name");
      const none = await tx.get("DELETE FROM setting WHERE name = 'z' RETURNING name");
      return { one, two, none };
    });
    assert.deepEqual(answered, { one: { name: 'a' }, two: [{ name: 'b' }, { name: 'c' }], none: undefined });
    await engine.close();
    const last = logRecords([fixture.disk('disk1')]).at(-1);
    assert.deepEqual(last?.kind === 'writes' ? last.entries.map((entry) => entry.changes) : [], [1, 2, 0]);
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 4: a command cannot run DDL, PRAGMA, or end the transaction', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    for (const sql of ['CREATE TABLE t (x)', 'PRAGMA user_version = 9', 'COMMIT', 'SAVEPOINT s', 'VACUUM', 'REINDEX']) {
      await assert.rejects(
        engine.submit(async (tx) => tx.run(sql)),
        StatementRefused,
        sql,
      );
      await assert.rejects(
        engine.submit(async (tx) => tx.get(sql)),
        StatementRefused,
        sql,
      );
    }
    await engine.close();
  } finally {
    fixture.remove();
  }
});

test('rule 4: replay admits only INSERT, UPDATE and DELETE', () => {
  const db = openDatabase(':memory:', { journal: 'keep' });
  const statements = new ReplayStatements(db);
  for (const sql of ['CREATE TABLE t (x)', 'PRAGMA user_version = 9', 'SELECT 1', 'ATTACH ? AS x', 'BEGIN']) {
    assert.throws(() => statements.run(sql, []), StatementRefused, sql);
  }
  db.close();
});

test('rule 4: a replayed write that changes another number of rows stops the start', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    await engine.submit(put('a'));
    await engine.submit(async (tx) => tx.run("DELETE FROM setting WHERE name = 'a'"));
    const { head, db } = engine.core.parts;
    assert.deepEqual(settings(engine), []);
    // The catalogue goes back to the record before, but without its row.
    const records = logRecords([fixture.disk('disk1')]);
    const before = records.at(-2)?.record;
    db.prepare('UPDATE log_state SET applied_seq = ?, applied_crc = ?, position = ?, synced_seq = ?').run(
      before?.sequence,
      before?.batchCrc,
      before?.offset,
      before?.sequence,
    );
    assert.equal(head.last.sequence, records.at(-1)?.record.sequence);
    engine.abandon();
    await assert.rejects(fixture.open(), /changed 0 rows, not 1/);
  } finally {
    fixture.remove();
  }
});
