import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertReplayEqual } from '../../support/engine-asserts.ts';
import { assertPutsThere, runEngineChild } from '../../support/engine-child.ts';
import type { DriverTask } from '../../support/engine-driver.ts';
import { EngineFixture } from '../../support/engine-fixture.ts';

const LIMITS = { segmentBytes: 256 * 1024, recordBytes: 64 * 1024, walBytes: 512 * 1024, syncEveryMs: 30 };

/** Nothing lives in the segments, and the catalogue's file follows at once. */
const RELEASING = { withoutBodies: true, puts: 400, checkpointEvery: 80, limits: { ...LIMITS, walBytes: 1 } };

/** Each step of the engine's durable procedures, and how often it is to be reached before the process ends there. */
const POINTS: readonly (readonly [point: string, counts: readonly number[]])[] = [
  ['install-created', [1]],
  ['after-write', [1, 16]],
  ['after-sync', [2, 17]],
  ['before-commit', [1, 18]],
  ['after-commit', [3, 19]],
  ['after-answer', [1, 20]],
  ['segment-switched', [1, 3]],
  ['wal-checkpoint', [1, 2]],
  ['wal-checkpoint-done', [1, 2]],
  ['checkpoint-start', [1, 2]],
  ['checkpoint-copied', [1, 2]],
  ['checkpoint-renamed', [1, 3]],
  ['checkpoint-published', [1, 3]],
  ['checkpoint-pruned', [1, 3]],
  ['release-committed', [1]],
  ['release-unlinked', [1]],
];

/** Reached only by what other tests do: faults, migrations, rebuilds. */
const ELSEWHERE = [
  'void-written',
  'relocation-written',
  'migration-checkpointed',
  'migration-applied',
  'rebuilt',
  'set-aside',
  'replaced',
  'replayed',
  'wal-checkpoint-run',
  'undo-marked',
  'undo-voided',
  'behind-synced',
];

function taskFor(fixture: EngineFixture, prefix: string, durability: DriverTask['durability']): DriverTask {
  const disks = [fixture.disk('disk1'), fixture.disk('disk2')];
  const load = { puts: 90, callers: 4, checkpointEvery: 30 };
  return { dataDir: fixture.dataDir, disks, durability, limits: LIMITS, prefix, ...load };
}

async function assertWhole(fixture: EngineFixture, answered: readonly string[], what: string): Promise<void> {
  const [first, second] = [fixture.disk('disk1'), fixture.disk('disk2')];
  const engine = await fixture.open({ otherDisks: [second], limits: LIMITS });
  assert.equal(engine.recovered.refusal, undefined, what);
  assertPutsThere(engine, [first, second], answered);
  await engine.close();
  assertReplayEqual(fixture, [first, second]);
}

for (const [point, counts] of POINTS) {
  test(`SIGKILL at ${point} (${counts.join(', ')}): nothing answered is lost, the replay equals`, async (t) => {
    const fixture = new EngineFixture();
    const answered: string[] = [];
    try {
      for (const count of counts) {
        const task = taskFor(fixture, `${point}-${count}`, 'strict');
        const load = point.startsWith('release') ? RELEASING : {};
        const outcome = await runEngineChild({ ...task, ...load }, { crashAt: `${point}:${count}` });
        answered.push(...outcome.answered);
        assert.equal(outcome.signal, 'SIGKILL', `${point}:${count} was not reached: ${outcome.stderr}`);
        await assertWhole(fixture, answered, `${point}:${count}`);
      }
      t.diagnostic(`${answered.length} answered, 0 lost`);
    } finally {
      fixture.remove();
    }
  });
}

test('SIGKILL under load in balanced and relaxed mode: a killed process loses nothing', async (t) => {
  for (const durability of ['balanced', 'relaxed'] as const) {
    const fixture = new EngineFixture();
    const answered: string[] = [];
    try {
      for (const round of [1, 2]) {
        const outcome = await runEngineChild(taskFor(fixture, `${durability}-${round}`, durability), {
          killAfterAnswers: 20 * round,
        });
        answered.push(...outcome.answered);
        assert.equal(outcome.signal, 'SIGKILL');
        await assertWhole(fixture, answered, durability);
      }
      t.diagnostic(`${durability}: ${answered.length} answered, 0 lost`);
    } finally {
      fixture.remove();
    }
  }
});

test('every crash point of the engine is in one of the lists above', () => {
  const root = fileURLToPath(new URL('../../../src-server/engine/', import.meta.url));
  const names = new Set<string>();
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(/crashPoint\('([^']+)'\)/g))
      names.add(name ?? '');
  }
  assert.deepEqual([...names].sort(), [...POINTS.map(([name]) => name), ...ELSEWHERE].sort());
});
