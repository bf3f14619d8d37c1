import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertReplayEqual, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';
import { FaultyIo } from '../../support/faulty-io.ts';

const LIMITS = { segmentBytes: 64 * 1024, recordBytes: 8 * 1024 };

/*
 * A segment whose creation failed after it had its name may be found at the next start, and it says that nothing follows the
 * record before it. So no batch may be answered out of the segment that it was to follow.
 */
for (const durability of ['strict', 'balanced'] as const) {
  test(`${durability}: what is answered after a segment was only half made is there after a restart`, async () => {
    const fixture = new EngineFixture();
    const io = new FaultyIo();
    try {
      const engine = await fixture.open({ io: io.wrap, limits: LIMITS, durability });
      await engine.submit(put('before'));
      io.fail('syncFolder', 'EIO', { matches: (call) => call.path.endsWith('log') });
      const large = Array.from({ length: 55 }, (_, index) => body(index));
      await assert.rejects(engine.submit(putBodies('large'), large));
      await engine.submit(put('after'));
      engine.abandon();
      const again = await fixture.open({ limits: LIMITS });
      assert.equal(again.recovered.refusal, undefined);
      assert.deepEqual(settings(again), ['after', 'before']);
      await again.close();
      assertReplayEqual(fixture);
    } finally {
      fixture.remove();
    }
  });
}
