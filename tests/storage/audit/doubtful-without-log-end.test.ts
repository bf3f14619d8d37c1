import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

const LIMITS = { segmentBytes: 64 * 1024, recordBytes: 8 * 1024 };

test('a doubtful catalogue is not rebuilt by itself from a log whose end a checkpoint knows to be missing', async () => {
  const fixture = new EngineFixture();
  try {
    const first = await fixture.open({ limits: LIMITS });
    for (let index = 0; index < 40; index += 1) await first.submit(put(`name ${index}`));
    await first.submit(put('late'));
    await first.keeper.make();
    await first.close();
    const newest = segmentPaths(fixture.disk('disk1')).at(-1);
    assert.ok(newest);
    rmSync(newest);
    writeFileSync(join(fixture.dataDir, 'catalogue-doubtful.json'), JSON.stringify({ reason: 'a test' }));
    const engine = await fixture.open({ limits: LIMITS });
    assert.match(engine.recovered.refusal ?? '', /a part of it is missing/);
    assert.ok(settings(engine).includes('late'));
    await engine.close();
  } finally {
    fixture.remove();
  }
});
