import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { assertBodiesReadable, assertReplayEqual, logRecords, rows, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';
import { FaultyIo, type IoCall } from '../../support/faulty-io.ts';
import { waitFor } from '../../support/wait-for.ts';

const onSegment = (call: IoCall): boolean => call.path.endsWith('.log');
const syncs = (io: FaultyIo): number => io.of('fdatasync', /\.log$/).length;

for (const durability of ['balanced', 'relaxed'] as const) {
  test(`rule 11: ${durability} answers before the sync, and syncs behind it`, async () => {
    const fixture = new EngineFixture();
    const io = new FaultyIo();
    try {
      const engine = await fixture.open({ io: io.wrap, durability, limits: { syncEveryMs: 400 } });
      const before = syncs(io);
      await Promise.all(['a', 'b'].map((name) => engine.submit(put(name))));
      assert.equal(syncs(io), before);
      await waitFor(() => engine.core.parts.head.syncedSequence === engine.core.parts.head.last.sequence);
      assert.equal(syncs(io), before + 1);
      await engine.submit(put('c'));
      await engine.close();
      assert.equal(syncs(io), before + 2);
      assertReplayEqual(fixture);
    } finally {
      fixture.remove();
    }
  });
}

test('rule 11: what waits for a sync is bounded; full means sync now', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const limits = { syncEveryMs: 1e6, unsyncedBytes: 5000 };
    const engine = await fixture.open({ io: io.wrap, durability: 'relaxed', limits });
    const before = syncs(io);
    for (let index = 0; index < 12; index += 1) await engine.submit(putBodies(`x${index}`), [body(1)]);
    assert.equal(syncs(io), before + 2);
    await engine.close();
  } finally {
    fixture.remove();
  }
});

test('rule 11: a failed sync behind answers: the batches are written again elsewhere, their bodies with them', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  const disks = [fixture.disk('disk1'), fixture.disk('disk2')] as const;
  try {
    const limits = { syncEveryMs: 400 };
    const engine = await fixture.open({ io: io.wrap, durability: 'balanced', otherDisks: [disks[1]], limits });
    await engine.submit(putBodies('early'), [body(1)]);
    await waitFor(() => engine.core.parts.head.syncedSequence === engine.core.parts.head.last.sequence);
    io.fail('fdatasync', 'EIO', { matches: onSegment });
    await engine.submit(putBodies('x'), [body(1), body(2)]);
    await engine.submit(put('a'));
    await engine.submit(putBodies('y'), [body(1), body(2), body(3)]);
    await waitFor(() => engine.core.parts.head.segment.number === 2);
    await engine.submit(put('later'));
    const { head } = engine.core.parts;
    assert.equal(engine.fatal.error, undefined);
    assert.equal(
      rows(
        engine,
        "SELECT count(*) AS n FROM extent e JOIN container c ON c.id = e.container_id WHERE c.name LIKE '%2.log'",
      )[0]?.['n'],
      5,
    );
    assert.deepEqual(
      rows(engine, "SELECT live_bytes FROM container WHERE kind = 'log' ORDER BY id").map((row) => row['live_bytes']),
      [1000, 5000],
    );
    assertBodiesReadable(engine, disks);
    assert.ok(head.syncedSequence > 3);
    engine.abandon();
    const again = await fixture.open({ durability: 'balanced', otherDisks: [disks[1]] });
    assert.deepEqual(settings(again), ['a', 'later']);
    assertBodiesReadable(again, disks);
    await again.close();
    assert.ok(logRecords(disks).some(({ record }) => record.kind === 'relocation'));
    assertReplayEqual(fixture, disks);
  } finally {
    fixture.remove();
  }
});

test('rule 11: no disk takes what was answered: exit 4; the next start writes it again before it serves', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap, durability: 'balanced', limits: { syncEveryMs: 400 } });
    await engine.submit(put('synced'));
    await waitFor(() => engine.core.parts.head.syncedSequence === engine.core.parts.head.last.sequence);
    io.fail('fdatasync', 'EIO', { times: 1000, matches: (call) => /\.log(\.new)?$/.test(call.path) });
    await engine.submit(putBodies('x'), [body(1), body(2)]);
    await engine.submit(put('answered'));
    await waitFor(() => engine.fatal.error !== undefined);
    engine.abandon();
    assert.ok(readdirSync(fixture.dataDir).includes('log-suspect.json'));
    const again = await fixture.open({ durability: 'balanced' });
    assert.deepEqual(settings(again), ['answered', 'synced']);
    assert.ok(!readdirSync(fixture.dataDir).includes('log-suspect.json'));
    assert.ok(logRecords([fixture.disk('disk1')]).some(({ record }) => record.kind === 'relocation'));
    assertBodiesReadable(again, [fixture.disk('disk1')]);
    await again.submit(put('more'));
    await again.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 11: a segment is left only when it is synced', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const limits = { syncEveryMs: 1e6, segmentBytes: 48 * 1024, recordBytes: 8 * 1024 };
    const engine = await fixture.open({ io: io.wrap, durability: 'relaxed', limits });
    for (let index = 0; index < 20; index += 1) await engine.submit(put(`n${index}`));
    const onLog = io.calls.filter((call) => /\.log(\.new)?$/.test(call.path));
    const opens = onLog.flatMap((call, index) => (call.operation === 'open' ? [index] : []));
    assert.ok(opens.length > 1);
    for (const index of opens.slice(1)) {
      const before = onLog.slice(0, index).findLast((one) => one.operation !== 'unlink');
      assert.equal(before?.operation, 'fdatasync');
    }
    assert.ok(engine.core.parts.head.segment.number > 1);
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 11: the mode changes between two batches; what was answered before is synced first', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap, durability: 'relaxed', limits: { syncEveryMs: 5 } });
    const { head, durability } = engine.core.parts;
    const change = (mode: typeof durability.current) =>
      engine.core.syncPast(Number.MAX_SAFE_INTEGER, () => {
        durability.current = mode;
      });
    await engine.submit(put('a'));
    await change('strict');
    assert.equal(head.syncedSequence, head.last.sequence);
    const before = syncs(io);
    await engine.submit(put('b'));
    assert.equal(syncs(io), before + 1);
    // A timer of the old mode may still end; nothing but the batches' own syncs may touch the log.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await engine.submit(put('c'));
    assert.equal(syncs(io), before + 2);
    await change('relaxed');
    assert.equal(syncs(io), before + 2);
    await engine.submit(put('d'));
    assert.equal(syncs(io), before + 2);
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
