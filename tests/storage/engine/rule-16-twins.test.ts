import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { checkLog } from '../../../src-server/engine/offline/check-log.ts';
import { rebuildCatalogue } from '../../../src-server/engine/offline/rebuild-catalogue.ts';
import { assertReplayEqual, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

/*
 * A log folder that was copied to another disk, or came back with an old disk: taken by the order of the disks, the stale
 * segment would hide what was answered since.
 */
for (const copied of ['before the last writes', 'just now'] as const) {
  test(`two segments under one number, copied ${copied}, are refused whatever the order of the disks`, async () => {
    const fixture = new EngineFixture();
    const [first, second] = [fixture.disk('disk1'), fixture.disk('disk2')];
    const copy = join(second.path, 'log', '0000000000000001.log');
    const takeCopy = (): void => {
      mkdirSync(join(second.path, 'log'), { recursive: true });
      copyFileSync(segmentPaths(first)[0] ?? '', copy);
    };
    try {
      const engine = await fixture.open();
      await engine.submit(put('a'));
      if (copied === 'before the last writes') takeCopy();
      await engine.submit(put('b'));
      await engine.close();
      if (copied === 'just now') takeCopy();
      const refusal = {
        name: 'InstallMismatch',
        message: /disk[12].*0000000000000001\.log and .*disk[12].*0000000000000001\.log are both segment 1/,
      };
      for (const disks of [
        { logDisk: first, otherDisks: [second] },
        { logDisk: second, otherDisks: [first] },
      ]) {
        await assert.rejects(fixture.open(disks), refusal);
      }
      const install = { dataDir: fixture.dataDir, disks: [second, first] };
      await assert.rejects(rebuildCatalogue({ ...install, salvage: undefined }), refusal);
      assert.match(
        checkLog(install)
          .problems.map(({ problem }) => problem)
          .join(),
        /are both segment 1/,
      );
      rmSync(copy);
      const again = await fixture.open({ otherDisks: [second] });
      assert.deepEqual([again.recovered.refusal, settings(again)], [undefined, ['a', 'b']]);
      await again.close();
      assertReplayEqual(fixture, [first, second]);
      assert.equal(basename(segmentPaths(first)[0] ?? ''), '0000000000000001.log');
    } finally {
      fixture.remove();
    }
  });
}
