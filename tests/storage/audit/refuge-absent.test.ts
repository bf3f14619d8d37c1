import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { assertReplayEqual, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';
import { FaultyIo } from '../../support/faulty-io.ts';

/*
 * The caller of a voided record was told that nothing changed, and its files are gone: it must not come back only because the
 * disk that holds the void is absent at the next start.
 */
test('a voided record stays void while the disk that took the void is absent, and when that is back', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  const [first, second] = [fixture.disk('disk1'), fixture.disk('disk2')];
  try {
    const engine = await fixture.open({ io: io.wrap, otherDisks: [second] });
    await engine.submit(put('before'));
    io.fail('fdatasync', 'EIO', { matches: (call) => call.path.endsWith('.log') });
    await assert.rejects(engine.submit(put('void')), (failure) => isFailure(failure, 'ServiceUnavailable'));
    engine.abandon();
    const alone = await fixture.open();
    assert.deepEqual([alone.recovered.refusal, settings(alone)], [undefined, ['before']]);
    await alone.submit(put('after'));
    alone.abandon();
    const again = await fixture.open({ otherDisks: [second] });
    assert.deepEqual([again.recovered.refusal, settings(again)], [undefined, ['after', 'before']]);
    await again.submit(put('last'));
    await again.close();
    assertReplayEqual(fixture, [first, second]);
  } finally {
    fixture.remove();
  }
});
