import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testScale, testSeed } from '../../support/seeded.ts';
import { type CutPlan, type CutReport, cutPowerRepeatedly } from './power-cut.ts';
import { FILE_SYSTEMS, rigMissing } from './rig-probe.ts';
import { stowage, stubStore } from './rig-servers.ts';

const CUTS = 3 * testScale();
/** A forgotten folder sync loses only what was renamed since the last journal commit: not in every cut. */
const CONTROL_CUTS = 8;

const missing = await rigMissing();
console.log(missing === undefined ? 'rig: available' : `rig: missing ${missing}`);
const options = missing === undefined ? {} : { skip: `skipped: ${missing}` };

async function cut(context: TestContext, plan: Omit<CutPlan, 'seed'>): Promise<CutReport> {
  const seed = testSeed();
  const report = await cutPowerRepeatedly({ ...plan, seed });
  const { cuts, acknowledged, complaints } = report;
  context.diagnostic(
    `${plan.subject.name}, ${plan.fileSystem}, seed ${seed}: ${cuts} cuts, ${acknowledged} acknowledged, ${complaints.length} complaints`,
  );
  for (const complaint of complaints.slice(0, 3)) context.diagnostic(complaint);
  return report;
}

for (const fileSystem of FILE_SYSTEMS) {
  test(`${CUTS} power cuts on ${fileSystem}: nothing answered is lost`, options, async (context) => {
    const report = await cut(context, { subject: stowage('stowage'), fileSystem, cuts: CUTS });
    assert.deepEqual(report.complaints, []);
    assert.ok(report.acknowledged > 0);
  });

  test(`control: without syncs (libeatmydata) the rig sees losses on ${fileSystem}`, options, async (context) => {
    const subject = stowage('stowage under eatmydata', ['eatmydata']);
    const report = await cut(context, { subject, fileSystem, cuts: 1 });
    assert.ok(report.acknowledged > 0);
    assert.notDeepEqual(report.complaints, []);
  });
}

test('control: a store that syncs file and folder loses nothing', options, async (context) => {
  const actions = ['put', 'put', 'delete'] as const;
  const report = await cut(context, { subject: stubStore('durable'), fileSystem: 'ext4', cuts: 1, actions });
  assert.deepEqual(report.complaints, []);
  assert.ok(report.acknowledged > 0);
});

test('control: a store that forgets the folder loses', options, async (context) => {
  const subject = stubStore('no-folder-sync');
  const actions = ['put', 'put', 'delete'] as const;
  const report = await cut(context, { subject, fileSystem: 'ext4', cuts: CONTROL_CUTS, actions, untilLoss: true });
  assert.notDeepEqual(report.complaints, []);
});
