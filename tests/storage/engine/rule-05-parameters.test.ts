import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StatementRefused } from '../../../src-server/db/sqlite/statement-rules.ts';
import type { SqlValue } from '../../../src-server/db/tx.ts';
import { assertReplayEqual, logRecords } from '../../support/engine-asserts.ts';
import { EngineFixture } from '../../support/engine-fixture.ts';

const INSERT = 'INSERT INTO setting (name, value) VALUES (?, ?)';

test('rule 5: parameters come back as they were, each with its own tag', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    const values: SqlValue[] = [
      null,
      0,
      -0,
      1.5,
      Number.MAX_SAFE_INTEGER,
      -7n,
      2n ** 63n - 1n,
      -(2n ** 63n),
      '',
      'text with ü, 日本 and \u0000 inside',
      '\ud800 alone',
      Buffer.alloc(0),
      Buffer.from([0, 255, 7]),
    ];
    await engine.submit(async (tx) => {
      for (const [index, value] of values.entries()) {
        await tx.run('INSERT INTO setting (name, value) SELECT ?, typeof(?)', `v${index}`, value);
      }
    });
    await engine.close();
    const last = logRecords([fixture.disk('disk1')]).at(-1);
    const replayed = last?.kind === 'writes' ? last.entries.map((entry) => entry.parameters[1]) : [];
    // An unpaired surrogate is no UTF-8: SQLite stored the replacement character too.
    const expected = values.map((value) => (value === '\ud800 alone' ? '\ufffd alone' : value));
    assert.deepEqual(replayed, expected);
    assert.ok(Object.is(replayed[2], -0));
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 5: bytes are copied when the statement runs', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    const bytes = Buffer.from('before');
    await engine.submit(async (tx) => {
      await tx.run('INSERT INTO setting (name, value) SELECT ?, hex(?)', 'x', bytes);
      bytes.write('after ');
    });
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 5: what the log could not tell apart is refused, and nothing of the command stands', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    for (const value of [undefined, true, new Uint8Array(2), new Date(), {}, 2n ** 64n]) {
      // The types forbid all but the last; a caller that slipped past them must still be stopped.
      await assert.rejects(engine.submit(async (tx) => tx.run(INSERT, 'x', value as SqlValue)));
    }
    await assert.rejects(
      engine.submit(async (tx) => tx.run(INSERT, 'x', undefined as unknown as SqlValue)),
      StatementRefused,
    );
    await engine.close();
    assert.equal(logRecords([fixture.disk('disk1')]).length, 1);
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
