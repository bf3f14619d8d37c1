import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { rebuildCatalogue } from '../../../src-server/engine/offline/rebuild-catalogue.ts';
import { segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

const LIMITS = { segmentBytes: 64 * 1024, recordBytes: 8 * 1024 };

test('after a rebuild that had to do without the log’s end, checkpoints made beyond it count no more', async () => {
  const fixture = new EngineFixture();
  const disk = fixture.disk('disk1');
  try {
    const first = await fixture.open({ limits: LIMITS });
    for (let index = 0; index < 40; index += 1) await first.submit(put(`name ${index}`));
    await first.keeper.make();
    await first.submit(put('late'));
    const lost = await first.keeper.make();
    await first.close();
    const newest = segmentPaths(disk).at(-1);
    assert.ok(newest);
    rmSync(newest);
    const outcome = await rebuildCatalogue({ dataDir: fixture.dataDir, disks: [disk], salvage: undefined });
    assert.ok(outcome.kind === 'rebuilt' && outcome.knownSequence === lost.appliedSequence);
    const engine = await fixture.open({ limits: LIMITS });
    assert.ok(engine.core.parts.head.last.sequence < lost.appliedSequence);
    const before = settings(engine).length;
    await engine.submit(put('fresh'));
    const made = await engine.keeper.make();
    assert.equal(engine.keeper.newest?.appliedSequence, made.appliedSequence);
    assert.equal(engine.keeper.releasableSequence, 0);
    await engine.close();
    const again = await rebuildCatalogue({ dataDir: fixture.dataDir, disks: [disk], salvage: undefined });
    assert.ok(again.kind === 'rebuilt' && again.fromSequence === made.appliedSequence);
    assert.equal(again.knownSequence, undefined);
    const last = await fixture.open({ limits: LIMITS });
    assert.equal(settings(last).length, before + 1);
    await last.close();
  } finally {
    fixture.remove();
  }
});
