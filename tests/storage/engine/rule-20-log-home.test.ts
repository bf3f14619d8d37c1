import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

test('rule 20: without a mirror the log stays on the disk it was given, and follows when it is given another', async () => {
  const fixture = new EngineFixture();
  const [first, second] = [fixture.disk('disk1'), fixture.disk('disk2')];
  try {
    const limits = { segmentBytes: 48 * 1024, recordBytes: 8 * 1024 };
    const engine = await fixture.open({ otherDisks: [second], limits });
    for (let index = 0; index < 20; index += 1) await engine.submit(put(`n${index}`));
    await engine.close();
    const before = segmentPaths(first).length;
    assert.ok(before > 1);
    assert.throws(() => segmentPaths(second));
    const moved = await fixture.open({ logDisk: second, otherDisks: [first] });
    await moved.submit(put('on the other disk'));
    await moved.close();
    assert.equal(segmentPaths(second).length, 1);
    const back = await fixture.open({ otherDisks: [second] });
    assert.equal(settings(back).length, 21);
    await back.close();
  } finally {
    fixture.remove();
  }
});
