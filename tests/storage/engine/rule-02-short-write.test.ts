import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { assertBodiesReadable, assertReplayEqual, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';
import { FaultyIo } from '../../support/faulty-io.ts';

for (const error of ['short', 'ENOSPC'] as const) {
  test(`rule 2: a write that ends with ${error} is a failed batch: 507, nothing of it stands, the next one works`, async () => {
    const fixture = new EngineFixture();
    const io = new FaultyIo();
    try {
      const engine = await fixture.open({ io: io.wrap });
      await engine.submit(put('before'));
      io.fail('write', error, { matches: (call) => call.path.endsWith('.log') });
      const lost = [engine.submit(put('lost')), engine.submit(putBodies('y'), [body(1), body(2)])];
      for (const one of lost) {
        await assert.rejects(one, (failure) => isFailure(failure, 'InsufficientStorage'));
      }
      await engine.submit(putBodies('z'), [body(1)]);
      await engine.submit(put('after'));
      assert.deepEqual(settings(engine), ['after', 'before']);
      assertBodiesReadable(engine, [fixture.disk('disk1')]);
      engine.abandon();
      assertReplayEqual(fixture);
    } finally {
      fixture.remove();
    }
  });
}
