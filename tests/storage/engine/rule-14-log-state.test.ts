import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLogState } from '../../../src-server/db/sqlite/log-state.ts';
import { logRecords } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

test('rule 14: the catalogue names its last record, and each record what was synced when it was made', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    for (const name of ['a', 'b', 'c']) await engine.submit(put(name));
    const state = readLogState(engine.core.parts.db);
    await engine.close();
    const records = logRecords([fixture.disk('disk1')]).map(({ record }) => record);
    const last = records.at(-1);
    assert.deepEqual(state, {
      logId: Buffer.alloc(16, 7),
      epoch: 1,
      appliedSequence: last?.sequence,
      appliedCrc: last?.batchCrc,
      syncedSequence: last?.sequence,
      segment: last?.segment,
      position: last?.offset,
    });
    for (const record of records) assert.equal(record.syncedSequence, record.previous.sequence);
  } finally {
    fixture.remove();
  }
});

test('rule 14: in relaxed mode the synced mark stays behind', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ durability: 'relaxed' });
    const before = engine.core.parts.head.syncedSequence;
    for (const name of ['a', 'b']) await engine.submit(put(name));
    const state = readLogState(engine.core.parts.db);
    assert.equal(state?.syncedSequence, before);
    assert.ok((state?.appliedSequence ?? 0) > before);
    engine.abandon();
    assert.ok(logRecords([fixture.disk('disk1')]).every(({ record }) => record.syncedSequence <= before));
  } finally {
    fixture.remove();
  }
});
