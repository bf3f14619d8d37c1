import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { BATCH_HEADER_BYTES, BLOCK_BYTES, LogDamaged } from '../../../src-server/engine/log/format.ts';
import { FIRST_BATCH_OFFSET, SegmentReader } from '../../../src-server/engine/log/segment-reader.ts';
import { assertReplayEqual, logRecords, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';
import { FaultyIo, ON_SEGMENT } from '../../support/faulty-io.ts';

test('rule 1: a batch is one positional write and one sync, at a multiple of 4 KiB', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap });
    io.calls.length = 0;
    await Promise.all([
      engine.submit(put('a')),
      engine.submit(putBodies('x'), [body(1), body(2)]),
      engine.submit(put('b')),
    ]);
    await engine.submit(put('c'));
    const onLog = io.calls.filter(ON_SEGMENT).map((call) => call.operation);
    assert.deepEqual(onLog, ['write', 'fdatasync', 'write', 'fdatasync']);
    for (const call of io.of('write', /\.log$/)) assert.equal((call.position ?? 1) % BLOCK_BYTES, 0);
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 1: a batch of which any byte is wrong does not exist', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    await engine.submit(putBodies('x'), [body(1)]);
    await engine.close();
    const path = segmentPaths(fixture.disk('disk1'))[0] ?? '';
    const good = readFileSync(path);
    const reader = SegmentReader.open(path);
    const second = reader.readBatch(FIRST_BATCH_OFFSET)?.nextOffset ?? 0;
    const length = reader.readBatch(second)?.record.batchLength ?? 0;
    assert.ok(length > BATCH_HEADER_BYTES + 1000);
    for (let at = 0; at < length; at += 7) {
      const bad = Buffer.from(good);
      bad[second + at] = (bad[second + at] ?? 0) ^ 0x10;
      writeFileSync(path, bad);
      let read: unknown;
      try {
        read = reader.readBatch(second);
      } catch (error) {
        assert.ok(error instanceof LogDamaged);
      }
      assert.equal(read, undefined, `byte ${at}`);
    }
    reader.close();
  } finally {
    fixture.remove();
  }
});

test('rule 1: records point back, and numbers ascend whatever ids were taken', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    const ids = await engine.submit(async (tx) => {
      const taken: number[] = [];
      for (let count = 0; count < 10_000; count += 1) taken.push(tx.nextId());
      await tx.run('INSERT INTO setting (name, value) VALUES (?, ?)', 'many ids', 'x');
      return taken;
    });
    const later = await engine.submit(async (tx) => {
      await tx.run('INSERT INTO setting (name, value) VALUES (?, ?)', 'after', 'x');
      return tx.nextId();
    });
    assert.equal(new Set([...ids, later]).size, 10_001);
    assert.ok(later > (ids.at(-1) ?? 0));
    await engine.close();
    const records = logRecords([fixture.disk('disk1')]);
    for (const [index, { record }] of records.entries()) {
      const before = records[index - 1]?.record;
      assert.equal(record.previous.sequence, before?.sequence ?? 0);
      assert.equal(record.previous.crc, before?.batchCrc ?? 0);
      assert.ok(record.sequence > record.previous.sequence);
    }
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 1: what does not fit into a record goes to the next; a command that never fits fails alone', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits: { recordBytes: 3000 } });
    const large = 'v'.repeat(1800);
    const tooLarge = engine.submit(put('never', 'v'.repeat(4000)));
    const others = ['a', 'b', 'c'].map((name) => engine.submit(put(name, large)));
    await assert.rejects(tooLarge, /journal record/);
    await Promise.all(others);
    assert.deepEqual(settings(engine), ['a', 'b', 'c']);
    await engine.close();
    for (const { record } of logRecords([fixture.disk('disk1')])) assert.ok(record.payload.length < 3500);
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
