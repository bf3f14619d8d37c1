import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkLog } from '../../../src-server/engine/offline/check-log.ts';
import { verifyReplayEqualsCatalogue } from '../../../src-server/engine/offline/verify-replay.ts';
import { logRecords, segmentPaths } from '../../support/engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';
import { seededRandom, testScale, testSeed } from '../../support/seeded.ts';

const FLIPS = 100 * testScale();

test(`${FLIPS} single bits flipped in the log: each is found, none is replayed`, async (t) => {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const random = seededRandom(seed);
  const fixture = new EngineFixture();
  const disks = [fixture.disk('disk1')];
  try {
    const engine = await fixture.open({ limits: { segmentBytes: 64 * 1024, recordBytes: 16 * 1024 } });
    for (let index = 0; index < 20; index += 1) {
      await engine.submit(put(`n${index}`));
      await engine.submit(putBodies(`b${index}`), [body(1), body(2)]);
    }
    await engine.close();
    const paths = segmentPaths(fixture.disk('disk1'));
    const records = logRecords(disks).map(({ record }) => record);
    for (let flip = 0; flip < FLIPS; flip += 1) {
      const record = records[Math.floor(random() * records.length)];
      if (record === undefined) continue;
      const inHeader = random() < 0.1;
      const at = inHeader ? Math.floor(random() * 4096) : record.offset + Math.floor(random() * record.batchLength);
      const path = paths[record.segment - 1] ?? '';
      const good = readFileSync(path);
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeFileSync(path, bad);
      const report = checkLog({ disks });
      assert.ok(report.problems.length > 0 || report.tailBytes > 0, `${path} byte ${at}`);
      let verdict: unknown;
      try {
        verdict = verifyReplayEqualsCatalogue({ dataDir: fixture.dataDir, disks });
      } catch (error) {
        verdict = error;
      }
      assert.ok(verdict instanceof Error, `${path} byte ${at} was replayed`);
      writeFileSync(path, good);
    }
    assert.deepEqual(checkLog({ disks }).problems, []);
  } finally {
    fixture.remove();
  }
});
