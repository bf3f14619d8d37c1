import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { assertReplayEqual, logRecords, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

test('rule 8: when SQLite rolled the whole transaction back, the whole batch fails and nothing of it is written', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    const { db } = engine.core.parts;
    await engine.submit(put('before'));
    const batch = [
      engine.submit(put('a')),
      engine.submit(async (tx) => {
        await tx.run("DELETE FROM setting WHERE name = 'before'");
        // What SQLITE_FULL, IOERR and NOMEM do by themselves.
        db.exec('ROLLBACK');
        throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
      }),
      engine.submit(put('b')),
    ];
    for (const one of batch) await assert.rejects(one, (failure) => isFailure(failure, 'ServiceUnavailable'));
    assert.deepEqual(settings(engine), ['before']);
    await engine.submit(put('after'));
    assert.deepEqual(settings(engine), ['after', 'before']);
    await engine.close();
    assert.equal(logRecords([fixture.disk('disk1')]).length, 3);
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 8: a catalogue that is full answers 507 for the whole batch', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    const { db } = engine.core.parts;
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 2}`);
    const large = 'v'.repeat(40_000);
    await assert.rejects(Promise.all(['a', 'b'].map((name) => engine.submit(put(name, large)))), (failure) =>
      isFailure(failure, 'InsufficientStorage'),
    );
    db.pragma('max_page_count = 1000000');
    await engine.submit(put('c', large));
    assert.ok(settings(engine).includes('c'));
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
