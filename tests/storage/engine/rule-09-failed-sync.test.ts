import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { findSegments } from '../../../src-server/engine/log/log-chain.ts';
import { assertBodiesReadable, assertReplayEqual, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';
import { FaultyIo, type IoCall } from '../../support/faulty-io.ts';
import { waitFor } from '../../support/wait-for.ts';

const unavailable = (failure: unknown): boolean => isFailure(failure, 'ServiceUnavailable');
const onSealedName = (call: IoCall): boolean => call.path.endsWith('.log');

for (const operation of ['fdatasync', 'write'] as const) {
  test(`rule 9: EIO from ${operation}: the record is voided in a new segment on another disk, then 503`, async () => {
    const fixture = new EngineFixture();
    const io = new FaultyIo();
    const [first, second] = [fixture.disk('disk1'), fixture.disk('disk2')];
    try {
      const engine = await fixture.open({ io: io.wrap, otherDisks: [second] });
      await engine.submit(put('before'));
      io.fail(operation, 'EIO', { matches: onSealedName });
      await Promise.all(['x', 'y'].map((name) => assert.rejects(engine.submit(put(name)), unavailable)));
      assert.equal(segmentPaths(second).length, 1);
      const [voiding] = findSegments([second]).segments;
      assert.equal(voiding?.header.voids[0]?.segment, 1);
      assert.equal(voiding?.header.previous.sequence, 2);
      await engine.submit(put('after'));
      await engine.submit(putBodies('b'), [body(1)]);
      engine.abandon();
      // The voided record is whole in the page cache; a start must not take it.
      const again = await fixture.open({ otherDisks: [second] });
      assert.deepEqual(settings(again), ['after', 'before']);
      assertBodiesReadable(again, [first, second]);
      await again.close();
      assertReplayEqual(fixture, [first, second]);
    } finally {
      fixture.remove();
    }
  });
}

test('rule 9: with one disk the void goes to a new segment on it', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap });
    io.fail('fdatasync', 'EIO', { matches: onSealedName });
    await assert.rejects(engine.submit(put('x')), unavailable);
    await engine.submit(put('after'));
    assert.equal(segmentPaths(fixture.disk('disk1')).length, 2);
    assert.equal(engine.fatal.error, undefined);
    engine.abandon();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('rule 9: no disk takes the void: nobody is answered, exit 4; the next start voids before it serves', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  const disks = [fixture.disk('disk1'), fixture.disk('disk2')] as const;
  try {
    const engine = await fixture.open({ io: io.wrap, otherDisks: [disks[1]] });
    await engine.submit(put('before'));
    io.fail('fdatasync', 'EIO', {
      times: 1000,
      matches: (call) => /log/.test(call.path) && !/suspect/.test(call.path),
    });
    let settled = false;
    engine
      .submit(put('x'))
      .finally(() => {
        settled = true;
      })
      .catch(() => undefined);
    await waitFor(() => engine.fatal.error !== undefined);
    assert.match(engine.fatal.error?.message ?? '', /disk1.*no disk took/);
    assert.equal(settled, false);
    engine.abandon();
    assert.ok(readdirSync(fixture.dataDir).includes('log-suspect.json'));
    const again = await fixture.open({ otherDisks: [disks[1]] });
    assert.deepEqual(settings(again), ['before']);
    assert.ok(!readdirSync(fixture.dataDir).includes('log-suspect.json'));
    await again.submit(put('after'));
    await again.close();
    const last = await fixture.open({ otherDisks: [disks[1]] });
    assert.deepEqual(settings(last), ['after', 'before']);
    await last.close();
    assertReplayEqual(fixture, disks);
  } finally {
    fixture.remove();
  }
});
