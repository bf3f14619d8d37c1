import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { test } from 'node:test';
import { traitsOf } from '../../../src-server/commands/command-traits.ts';
import { COMMANDS } from '../../../src-server/commands/registry.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { ballastBytes, lowWaterBytes, SpaceGuard, writeBallast } from '../../../src-server/engine/core/space-guard.ts';
import { assertReplayEqual, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, FREES, put, putBodies } from '../../support/engine-fixture.ts';
import { FaultyIo } from '../../support/faulty-io.ts';

const MIB = 1024 * 1024;
const noSpace = (failure: unknown): boolean => isFailure(failure, 'InsufficientStorage');
const remove = (name: string) => async (tx: Parameters<ReturnType<typeof put>>[0]) =>
  tx.run('DELETE FROM setting WHERE name = ?', name);

test('rule 25: below the low water only what frees space passes, others get 507', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap });
    await engine.submit(put('a'));
    fixture.nowMs += 1000;
    io.freeBytes = MIB / 2;
    const refused = [engine.submit(put('b')), engine.submit(putBodies('x'), [body(1)])];
    const passes = engine.submit(remove('a'), [], FREES);
    for (const one of refused) await assert.rejects(one, noSpace);
    assert.equal(await passes, 1);
    io.freeBytes = undefined;
    fixture.nowMs += 1000;
    await engine.submit(put('c'));
    assert.deepEqual(settings(engine), ['c']);
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 25: the ballast is written, not sparse, on each disk once, and freed last', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap });
    const [ballast, ...others] = engine.core.space.missingBallast();
    assert.ok(ballast !== undefined);
    assert.equal(others.length, 0, 'data folder and disk share a device here');
    writeBallast(engine.core.parts.io, { ...ballast, sizeBytes: 2 * MIB });
    const facts = statSync(ballast.path);
    assert.equal(facts.size, 2 * MIB);
    assert.ok(facts.blocks * 512 >= 2 * MIB || process.platform === 'win32');
    assert.deepEqual(engine.core.space.missingBallast(), []);
    await engine.submit(put('a'));
    io.fail('write', 'ENOSPC', { matches: (call) => call.path.endsWith('.log') });
    await assert.rejects(engine.submit(put('b')), noSpace);
    assert.ok(existsSync(ballast.path), 'a write does not get it');
    io.fail('write', 'ENOSPC', { matches: (call) => call.path.endsWith('.log') });
    const batch = [engine.submit(put('c')), engine.submit(remove('a'), [], FREES)];
    await assert.rejects(batch[0] as Promise<unknown>, noSpace);
    assert.equal(await batch[1], 1);
    assert.ok(!existsSync(ballast.path), 'a delete got it');
    assert.equal(engine.core.space.missingBallast().length, 1);
    assert.deepEqual(settings(engine), []);
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 25: a delete waits for the room of a checkpoint under way, once', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap });
    for (const name of ['a', 'b']) await engine.submit(put(name));
    engine.core.space.dropBallast();
    fixture.nowMs += 1000;
    io.freeBytes = 0;
    await assert.rejects(engine.submit(remove('a'), [], FREES), noSpace, 'nothing is under way');
    const first = Promise.withResolvers<void>();
    engine.core.expectRoom(first.promise);
    const waits = engine.submit(remove('a'), [], FREES);
    await assert.rejects(engine.submit(put('c')), noSpace, 'a write does not wait');
    io.freeBytes = undefined;
    fixture.nowMs += 1000;
    first.resolve();
    assert.equal(await waits, 1);
    io.freeBytes = 0;
    fixture.nowMs += 1000;
    const second = Promise.withResolvers<void>();
    engine.core.expectRoom(second.promise);
    const inVain = assert.rejects(engine.submit(remove('b'), [], FREES), noSpace);
    await engine.core.exclusive(async () => undefined);
    second.reject(new Error('the checkpoint failed'));
    await inVain;
    assert.deepEqual(settings(engine), ['b']);
    io.freeBytes = undefined;
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 25: a collection too large for the room that is left does not refuse the delete beside it', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap });
    await engine.submit(put('a'));
    engine.core.space.dropBallast();
    fixture.nowMs += 1000;
    io.freeBytes = MIB;
    const many: ReturnType<typeof put> = async (...given) => {
      for (let index = 0; index < 200; index += 1) await put(`many-${index}`)(...given);
      return 'many';
    };
    const collects = assert.rejects(engine.submit(many, [], FREES), noSpace);
    assert.equal(await engine.submit(remove('a'), [], FREES), 1);
    await collects;
    assert.deepEqual(settings(engine), []);
    io.freeBytes = undefined;
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 25: sizes of low water and ballast', () => {
  const gib = 1024 * MIB;
  assert.deepEqual([3 * MIB, gib, 20 * gib, 500 * gib].map(ballastBytes), [
    MIB,
    Math.floor(gib * 0.005),
    64 * MIB,
    64 * MIB,
  ]);
  assert.deepEqual([3 * MIB, gib, 99 * gib, 100 * gib].map(lowWaterBytes), [
    MIB,
    Math.floor(gib * 0.005),
    Math.floor(99 * gib * 0.005),
    512 * MIB,
  ]);
});

test('rule 25: what is needed counts before it is written', () => {
  const io = new FaultyIo();
  const fixture = new EngineFixture();
  try {
    const facts = { freeBytes: 10 * MIB, totalBytes: 100 * MIB };
    const wrapped = { ...io.wrap({} as never), space: () => facts };
    const guard = new SpaceGuard(wrapped, [{ path: fixture.root, device: 1 }], () => 0);
    assert.equal(guard.isLow(8 * MIB), false);
    assert.equal(guard.isLow(10 * MIB), true);
  } finally {
    fixture.remove();
  }
});

test('rule 25: every command has a class, and the ones that delete, abort and collect pass', () => {
  const freeing = Object.keys(COMMANDS).filter((name) => ['free', 'collect'].includes(traitsOf(name).space));
  for (const name of ['delete-object', 'delete-objects', 'delete-bucket', 'abort-upload', 'collect-garbage']) {
    assert.ok(freeing.includes(name), name);
  }
  for (const name of ['put-object', 'put-part', 'copy-object', 'create-bucket'])
    assert.ok(!freeing.includes(name), name);
});
