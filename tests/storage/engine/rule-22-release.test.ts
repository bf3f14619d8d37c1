import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { releaseSegments } from '../../../src-server/engine/checkpoint/release.ts';
import { segmentFileName } from '../../../src-server/engine/log/format.ts';
import { assertReplayEqual, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, type EngineUnderTest, put, putBodies } from '../../support/engine-fixture.ts';

const limits = { segmentBytes: 48 * 1024, recordBytes: 8 * 1024 };
const releaseOnce = (engine: EngineUnderTest, held: readonly string[] = []) =>
  releaseSegments(engine.core, engine.keeper, engine.segments, (name) => held.includes(name));
/** Rows go in one call, files in a later one. */
const release = async (engine: EngineUnderTest) => [...(await releaseOnce(engine)), ...(await releaseOnce(engine))];

async function switchSegment(engine: EngineUnderTest): Promise<void> {
  const { number } = engine.core.parts.head.segment;
  for (let index = 0; engine.core.parts.head.segment.number === number; index += 1) {
    await engine.submit(put(`${number}-${index}`));
  }
}

function walCheckpoint(engine: EngineUnderTest): void {
  engine.core.wal.checkpoint('PASSIVE', engine.core.parts.head.last.sequence);
}

test('rule 22: a segment goes when two checkpoints and the catalogue file are past it and nothing lives in it', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits });
    await engine.submit(putBodies('x'), [body(1)]);
    await switchSegment(engine);
    await switchSegment(engine);
    const [one, two] = [segmentFileName(1), segmentFileName(2)];
    assert.deepEqual(await release(engine), []);
    await engine.keeper.make();
    await engine.submit(put('between'));
    walCheckpoint(engine);
    assert.deepEqual(await release(engine), [], 'one checkpoint is not enough');
    await engine.keeper.make();
    assert.deepEqual(await release(engine), [two], 'an extent lives in the first');
    await engine.submit(async (tx) => {
      await tx.run('DELETE FROM body_extent');
      await tx.run('DELETE FROM extent');
      await tx.run('UPDATE container SET live_bytes = 0');
    });
    assert.deepEqual(await release(engine), [one]);
    assert.deepEqual(segmentPaths(fixture.disk('disk1')).length, 1);
    await engine.close();
    assertReplayEqual(fixture);
    const again = await fixture.open({ limits });
    assert.ok(settings(again).includes('between'));
    await again.close();
  } finally {
    fixture.remove();
  }
});

test('rule 22: the catalogue file itself must have passed the segment', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits });
    await switchSegment(engine);
    await engine.keeper.make();
    await engine.submit(put('a'));
    await engine.keeper.make();
    assert.deepEqual(await release(engine), []);
    walCheckpoint(engine);
    assert.deepEqual(await release(engine), [segmentFileName(1)]);
    await engine.close();
  } finally {
    fixture.remove();
  }
});

test('rule 22: a catalogue that is older than the oldest record starts from the newest checkpoint', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits });
    await switchSegment(engine);
    await engine.keeper.make();
    await engine.submit(put('a'));
    await engine.keeper.make();
    walCheckpoint(engine);
    assert.equal((await release(engine)).length, 1);
    await engine.submit(put('b'));
    // Somebody put an old catalogue back.
    engine.core.parts.db.exec(
      'DELETE FROM setting; UPDATE log_state SET applied_seq = 1, applied_crc = 5, synced_seq = 1, segment = 1, position = 4096',
    );
    engine.abandon();
    const again = await fixture.open({ limits });
    assert.equal(again.recovered.refusal, undefined);
    assert.ok(settings(again).includes('b') && settings(again).includes('1-0'));
    await again.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 22: a file that a crash left after its rows went is removed the next time', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits });
    await switchSegment(engine);
    await engine.keeper.make();
    await engine.submit(put('a'));
    await engine.keeper.make();
    walCheckpoint(engine);
    await engine.submit(async (tx) => {
      await tx.run("DELETE FROM replica WHERE container_id IN (SELECT id FROM container WHERE state = 'sealed')");
      await tx.run("DELETE FROM container WHERE state = 'sealed'");
    });
    engine.abandon();
    const again = await fixture.open({ limits });
    walCheckpoint(again);
    assert.deepEqual(await release(again), [segmentFileName(1)]);
    assert.ok(!existsSync(join(fixture.disk('disk1').path, 'log', segmentFileName(1))));
    await again.close();
  } finally {
    fixture.remove();
  }
});

test('rule 22: a file that a read holds waits, and goes in a later call than its row', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits });
    await switchSegment(engine);
    await engine.keeper.make();
    await engine.submit(put('a'));
    await engine.keeper.make();
    walCheckpoint(engine);
    const name = segmentFileName(1);
    assert.deepEqual(await releaseOnce(engine), [], 'only the row went');
    assert.deepEqual(await releaseOnce(engine, [name]), []);
    assert.ok(existsSync(join(fixture.disk('disk1').path, 'log', name)));
    assert.deepEqual(await releaseOnce(engine), [name]);
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
