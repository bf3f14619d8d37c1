import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOG_START } from '../../../src-server/engine/log/format.ts';
import { findSegments } from '../../../src-server/engine/log/log-chain.ts';
import { assertReplayEqual, logRecords, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

test('rule 3: a segment spells a statement out once, at its first use that survived', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    const failing = engine.submit(async (tx) => {
      await tx.run('DELETE FROM setting WHERE name = ?', 'nothing of this stands');
      throw new Error('no');
    });
    const others = ['a', 'b', 'c'].map((name) => engine.submit(put(name)));
    await assert.rejects(failing, /no/);
    await Promise.all(others);
    await engine.submit(put('d'));
    await engine.close();
    const texts = logRecords([fixture.disk('disk1')]).map(({ record }) => record.payload.toString('latin1'));
    const count = (text: string): number => texts.join('').split(text).length - 1;
    assert.equal(count('INSERT INTO setting'), 1);
    assert.equal(count('DELETE FROM setting'), 0);
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 3: a new segment has a header, an empty dictionary, and goes on after the last record', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits: { segmentBytes: 64 * 1024, recordBytes: 8 * 1024 } });
    for (let index = 0; index < 30; index += 1) await engine.submit(put(`name ${index}`));
    await engine.close();
    const { segments, damaged } = findSegments([fixture.disk('disk1')]);
    assert.deepEqual(damaged, []);
    assert.ok(segments.length > 1);
    assert.deepEqual(segments[0]?.header.previous, LOG_START);
    const ends = logRecords([fixture.disk('disk1')]).map(({ record }) => record);
    for (const { header, segment } of segments.slice(1)) {
      const before = ends.findLast((record) => record.segment < segment);
      assert.deepEqual([header.previous.sequence, header.previous.crc], [before?.sequence, before?.batchCrc]);
      const first = ends.find((record) => record.segment === segment);
      assert.match(first?.payload.toString('latin1') ?? '', /INSERT INTO container/);
    }
    const reopened = await fixture.open();
    const lengths = reopened.core.parts.db
      .prepare("SELECT name, length, state FROM container WHERE kind = 'log'")
      .all();
    assert.ok(lengths.slice(0, -1).every((row) => JSON.stringify(row).includes('sealed')));
    assert.equal(settings(reopened).length, 30);
    await reopened.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 3: a newest segment that holds its header only is used again', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    await engine.submit(put('a'));
    await engine.close();
    for (let start = 0; start < 3; start += 1) {
      const idle = await fixture.open();
      await assert.rejects(idle.submit(put('a')));
      await idle.close();
    }
    assert.equal(segmentPaths(fixture.disk('disk1')).length, 2);
    const last = await fixture.open();
    await last.submit(put('b'));
    await last.close();
    assert.equal(segmentPaths(fixture.disk('disk1')).length, 2);
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
