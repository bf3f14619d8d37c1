import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MIGRATIONS } from '../../../src-server/db/migrations/index.ts';
import type { Migration } from '../../../src-server/db/migrations/migration.ts';
import { NewerCatalogue } from '../../../src-server/db/migrations/run-migrations.ts';
import { assertBodiesReadable, assertReplayEqual, rows, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';
import { draw, seededRandom, testScale, testSeed } from '../../support/seeded.ts';
import { ENGINE_POINTS } from './crash-point-names.ts';
import { type ChildOrder, NEXT_STEP } from './engine-child.ts';

const CHILD = fileURLToPath(new URL('./engine-child.ts', import.meta.url));
const WITH_STEP = [...MIGRATIONS, NEXT_STEP];

interface Kill {
  readonly scenario: ChildOrder['scenario'];
  readonly point: string;
  readonly count: number;
  /** Releases under which the next start must work. */
  readonly releases: readonly (readonly Migration[])[];
}

/** Of the kills at any commit, in CI. */
const CI_COMMITS = 12;
const COMMIT_POINTS = ['after-write', 'after-sync', 'before-commit', 'after-commit'] as const;
const OWN = [MIGRATIONS];
const NEXT = [WITH_STEP];
const EITHER = [MIGRATIONS, WITH_STEP];

const NAMED: readonly Kill[] = [
  { scenario: 'failed-sync', point: 'void-written', count: 1, releases: OWN },
  { scenario: 'relocation', point: 'relocation-written', count: 1, releases: OWN },
  { scenario: 'migration', point: 'migration-checkpointed', count: 1, releases: EITHER },
  { scenario: 'migration', point: 'migration-applied', count: 1, releases: EITHER },
  { scenario: 'undo', point: 'undo-marked', count: 1, releases: NEXT },
  { scenario: 'undo', point: 'undo-voided', count: 1, releases: EITHER },
];

const COMMITS: readonly Kill[] = [
  ...everyCommit('failed-sync', 6, OWN),
  ...everyCommit('relocation', 6, OWN),
  ...everyCommit('migration', 6, NEXT),
];

function everyCommit(scenario: Kill['scenario'], most: number, releases: Kill['releases']): Kill[] {
  const counts = Array.from({ length: most }, (_, index) => index + 1);
  return counts.flatMap((count) => COMMIT_POINTS.map((point) => ({ scenario, point, count, releases })));
}

test('every point that needs the engine alone is met', () => {
  for (const point of ENGINE_POINTS)
    assert.ok(
      NAMED.some((kill) => kill.point === point),
      point,
    );
});

/** DURABILITY D1 and D12: a failing disk, a migration and its undoing, each killed at each of its steps. */
test('an engine that is killed between two steps of a rescue or a migration loses nothing', async (t) => {
  const seed = testSeed();
  t.diagnostic(`seed ${seed}`);
  const commits = testScale() > 1 ? COMMITS : draw(COMMITS, CI_COMMITS, seededRandom(seed));
  let deaths = 0;
  let runs = 0;
  for (const kill of [...NAMED, ...commits]) {
    for (const migrations of kill.releases) {
      runs += 1;
      if (await killedAt(kill, migrations)) deaths += 1;
      else assert.ok(!ENGINE_POINTS.some((point) => point === kill.point), `${kill.point} was not met`);
    }
  }
  t.diagnostic(`${runs} runs, ${deaths} deaths, 0 lost`);
});

/** True if the child died. */
async function killedAt({ scenario, point, count }: Kill, migrations: readonly Migration[]): Promise<boolean> {
  const what = `${scenario} at ${point}:${count}`;
  const fixture = new EngineFixture();
  try {
    const disk = fixture.disk('disk1');
    const order: ChildOrder = { scenario, dataDir: fixture.dataDir, disk };
    const { answered, signal, code, errors } = await runChild(order, `${point}:${count}`);
    assert.ok(signal === 'SIGKILL' || code === 0, `${what}: exit ${code} ${errors}`);
    // A process that ended without dying may have stood under the next release already.
    const release = signal === null && scenario === 'migration' ? WITH_STEP : migrations;
    const engine = await fixture.open({ migrations: release });
    assert.deepEqual(engine.refused, [], what);
    const there = settings(engine);
    for (const name of answered) assert.ok(there.includes(name), `${what}: ${name} was answered and is lost`);
    // Killed before it was refused, it may be there or not.
    const wasRefused = point === 'void-written' || answered.includes('d');
    assert.ok(!(wasRefused && there.includes('fails')), `${what}: a write that was refused came back`);
    assertBodiesReadable(engine, [disk]);
    if (scenario === 'relocation' && answered.includes('c'))
      assert.equal(rows(engine, 'SELECT * FROM extent').length, 2);
    await engine.submit(put('and on'));
    await engine.close();
    assertReplayEqual(fixture, [disk], release);
    return signal === 'SIGKILL';
  } finally {
    fixture.remove();
  }
}

test('a migration whose undoing was cut off before it counted is refused by name under the release before', async () => {
  const fixture = new EngineFixture();
  try {
    const order: ChildOrder = { scenario: 'undo', dataDir: fixture.dataDir, disk: fixture.disk('disk1') };
    assert.equal((await runChild(order, 'undo-marked:1')).signal, 'SIGKILL');
    await assert.rejects(fixture.open(), NewerCatalogue);
  } finally {
    fixture.remove();
  }
});

async function runChild(order: ChildOrder, crashAt: string) {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, STOWAGE_DEBUG: '1', STOWAGE_CRASH_AT: crashAt },
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const [code, signal] = await once(child, 'close');
  return { answered: output.split('\n').filter((line) => line !== ''), code, signal, errors };
}
