import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import {
  assertBodiesReadable,
  assertReplayEqual,
  logRecords,
  rows,
  segmentPaths,
  settings,
} from '../../support/engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';

async function fill(fixture: EngineFixture, names: readonly string[], durability: 'strict' | 'relaxed' = 'strict') {
  const engine = await fixture.open({ durability });
  for (const name of names) await engine.submit(put(name));
  return engine;
}

async function assertReadsOnly(fixture: EngineFixture, reason: RegExp, names: readonly string[]): Promise<void> {
  const before = readdirSync(fixture.dataDir).filter((name) => name.includes('aside'));
  const engine = await fixture.open();
  assert.match(engine.recovered.refusal ?? '', reason);
  assert.deepEqual(settings(engine), names);
  await assert.rejects(engine.submit(put('x')), (failure) => isFailure(failure, 'ServiceUnavailable'));
  await engine.close();
  assert.deepEqual(
    readdirSync(fixture.dataDir).filter((name) => name.includes('aside')),
    before,
  );
}

test('rule 17: the log ends before what was synced: a part of it is missing', async () => {
  const fixture = new EngineFixture();
  try {
    (await fill(fixture, ['a', 'b', 'c'])).abandon();
    const last = logRecords([fixture.disk('disk1')]).at(-1)?.record;
    truncateSync(segmentPaths(fixture.disk('disk1'))[0] ?? '', last?.offset ?? 0);
    await assertReadsOnly(fixture, /ends at record 3, but record 4 was synced/, ['a', 'b', 'c']);
  } finally {
    fixture.remove();
  }
});

test('rule 17: another record stands where the catalogue stood', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fill(fixture, ['a', 'b', 'c']);
    engine.core.parts.db.exec('UPDATE log_state SET applied_crc = applied_crc + 1');
    engine.abandon();
    await assertReadsOnly(fixture, /is not the one the catalogue applied/, ['a', 'b', 'c']);
  } finally {
    fixture.remove();
  }
});

test('rule 17: the log is absent', async () => {
  const fixture = new EngineFixture();
  try {
    (await fill(fixture, ['a'])).abandon();
    renameSync(join(fixture.disk('disk1').path, 'log'), join(fixture.root, 'away'));
    await assertReadsOnly(fixture, /absent/, ['a']);
    assert.deepEqual(readdirSync(fixture.disk('disk1').path), []);
  } finally {
    fixture.remove();
  }
});

test('rule 17: the header of the newest segment is damaged', async () => {
  const fixture = new EngineFixture();
  try {
    (await fill(fixture, ['a'])).abandon();
    const path = segmentPaths(fixture.disk('disk1'))[0] ?? '';
    const bytes = readFileSync(path);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await assertReadsOnly(fixture, /header CRC/, ['a']);
  } finally {
    fixture.remove();
  }
});

test('rule 17: synced <= log end < applied (a power cut in relaxed mode): the catalogue is set aside, kept, and rebuilt', async () => {
  const fixture = new EngineFixture();
  try {
    const first = await fill(fixture, ['a', 'b']);
    await first.close();
    const second = await fill(fixture, ['c', 'd', 'e'], 'relaxed');
    second.abandon();
    const records = logRecords([fixture.disk('disk1')]).map(({ record }) => record);
    const lost = records.at(-2);
    truncateSync(segmentPaths(fixture.disk('disk1')).at(-1) ?? '', lost?.offset ?? 0);
    const again = await fixture.open({ durability: 'relaxed' });
    assert.equal(again.recovered.refusal, undefined);
    assert.deepEqual(settings(again), ['a', 'b', 'c']);
    assert.equal(readdirSync(fixture.dataDir).filter((name) => name.includes('aside')).length, 1);
    assert.ok(!readdirSync(fixture.dataDir).includes('catalogue-doubtful.json'));
    await again.submit(put('f'));
    await again.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

for (const durability of ['strict', 'relaxed'] as const) {
  test(`rules 1 and 17: the last record is whole and its bodies are torn (${durability}): it does not exist`, async () => {
    const fixture = new EngineFixture();
    try {
      (await fill(fixture, ['a'])).abandon();
      const engine = await fixture.open({ durability });
      await engine.submit(putBodies('x'), [body(1)]);
      await engine.submit(putBodies('y'), [body(1)]);
      engine.abandon();
      const last = logRecords([fixture.disk('disk1')]).at(-1)?.record;
      const path = segmentPaths(fixture.disk('disk1')).at(-1) ?? '';
      const bytes = readFileSync(path);
      bytes.fill(0, (last?.offset ?? 0) + 200, (last?.offset ?? 0) + 700);
      writeFileSync(path, bytes);
      const again = await fixture.open({ durability });
      if (durability === 'strict') assert.match(again.recovered.refusal ?? '', /a part of it is missing/);
      else {
        assert.equal(again.recovered.refusal, undefined);
        assert.deepEqual(rows(again, 'SELECT count(*) AS n FROM extent'), [{ n: 1 }]);
        assertBodiesReadable(again, [fixture.disk('disk1')]);
      }
      await again.close();
    } finally {
      fixture.remove();
    }
  });
}

test('rule 17: a power cut in relaxed mode kept the last record and tore one before it: set aside and rebuilt', async () => {
  const fixture = new EngineFixture();
  try {
    (await fill(fixture, ['a'])).abandon();
    const engine = await fixture.open({ durability: 'relaxed' });
    for (const uid of ['x', 'y', 'z']) await engine.submit(putBodies(uid), [body(1)]);
    engine.abandon();
    const torn = logRecords([fixture.disk('disk1')]).at(-2)?.record;
    const path = segmentPaths(fixture.disk('disk1')).at(-1) ?? '';
    const bytes = readFileSync(path);
    bytes.fill(0, (torn?.offset ?? 0) + 200, (torn?.offset ?? 0) + 700);
    writeFileSync(path, bytes);
    const again = await fixture.open({ durability: 'relaxed' });
    assert.equal(again.recovered.refusal, undefined);
    assert.deepEqual(rows(again, 'SELECT count(*) AS n FROM extent'), [{ n: 1 }]);
    assertBodiesReadable(again, [fixture.disk('disk1')]);
    await again.submit(put('b'));
    await again.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
