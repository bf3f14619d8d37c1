import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { setCrashPointHandler } from '../../../src-server/platform/crash-point.ts';
import { assertReplayEqual, logRecords, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';
import { waitFor } from '../../support/wait-for.ts';

afterEach(() => setCrashPointHandler(undefined));

test('rule 10: COMMIT fails after its record is durable: nobody is answered, exit 4, replay completes it', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    await engine.submit(put('before'));
    setCrashPointHandler((name) => {
      if (name === 'before-commit') throw new Error('disk I/O error');
    });
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    engine.submit(put('durable')).then(settle, settle);
    await waitFor(() => engine.fatal.error !== undefined);
    assert.match(engine.fatal.error?.message ?? '', /COMMIT failed/);
    setCrashPointHandler(undefined);
    engine.submit(put('never')).then(settle, settle);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(settled, false);
    engine.abandon();
    const again = await fixture.open();
    assert.equal(again.recovered.replayedRecords, 1);
    assert.deepEqual(settings(again), ['before', 'durable']);
    await again.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 10: replay that fails twice at one record: reads are served, writes answer 503, and the reason is told', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    for (const name of ['a', 'b', 'c', 'd']) await engine.submit(put(name));
    // Back to the first record, with a row in the way of the third.
    const [first, second] = logRecords([fixture.disk('disk1')]).map(({ record }) => record);
    const { db } = engine.core.parts;
    db.exec("DELETE FROM setting WHERE name <> 'c'");
    db.prepare('UPDATE log_state SET applied_seq = ?, applied_crc = ?, position = ?, synced_seq = ?').run(
      first?.sequence,
      first?.batchCrc,
      first?.offset,
      first?.sequence,
    );
    engine.abandon();
    await assert.rejects(fixture.open(), { name: 'EngineStopped', message: /cannot be replayed/ });
    const second_start = await fixture.open();
    assert.match(second_start.recovered.refusal ?? '', /record 4 cannot be replayed/);
    assert.deepEqual(settings(second_start), ['a', 'b', 'c']);
    await assert.rejects(second_start.submit(put('x')), (failure) => isFailure(failure, 'ServiceUnavailable'));
    await second_start.close();
    const third = await fixture.open();
    assert.match(third.recovered.refusal ?? '', /record 4 cannot be replayed/);
    // The operator removed the obstacle.
    third.core.parts.db.exec("DELETE FROM setting WHERE name = 'c'");
    await third.close();
    const fourth = await fixture.open();
    assert.equal(fourth.recovered.refusal, undefined);
    assert.deepEqual(settings(fourth), ['a', 'b', 'c', 'd']);
    assert.ok((second?.sequence ?? 0) > 0);
    await fourth.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
