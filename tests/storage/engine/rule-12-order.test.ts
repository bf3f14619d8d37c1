import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommitQueue } from '../../../src-server/engine/core/commit-queue.ts';
import { DEFAULT_LIMITS } from '../../../src-server/engine/engine-options.ts';
import { EngineFixture, FREES, ORDINARY, type put } from '../../support/engine-fixture.ts';

const BACKGROUND = { space: 'free', priority: 'background' } as const;

test('rule 12: commands run strictly one after another', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    let running = 0;
    const order: number[] = [];
    const command = (index: number) => async (tx: Parameters<ReturnType<typeof put>>[0]) => {
      running += 1;
      assert.equal(running, 1);
      for (let step = 0; step < 5; step += 1) await tx.all('SELECT name FROM setting');
      await tx.run('INSERT INTO setting (name, value) VALUES (?, ?)', `n${index}`, 'x');
      order.push(index);
      running -= 1;
    };
    await Promise.all(Array.from({ length: 50 }, (_, index) => engine.submit(command(index))));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    await engine.close();
  } finally {
    fixture.remove();
  }
});

test('rule 12: background commands run after the foreground of a batch, and yield after 5 ms', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    const order: string[] = [];
    const slow = (name: string) => async () => {
      const untilMs = performance.now() + 4;
      while (performance.now() < untilMs) {
        // Busy, as a long statement would be.
      }
      order.push(name);
    };
    const quick = (name: string) => async () => void order.push(name);
    const first = [1, 2, 3, 4].map((number) => engine.submit(slow(`background ${number}`), [], BACKGROUND));
    const foreground = engine.submit(quick('foreground'), [], ORDINARY);
    await foreground;
    const second = engine.submit(quick('second foreground'), [], FREES);
    await Promise.all([...first, second]);
    assert.equal(order[0], 'foreground');
    assert.ok(order.indexOf('second foreground') < order.indexOf('background 4'));
    assert.deepEqual(
      order.filter((name) => name.startsWith('back')),
      [1, 2, 3, 4].map((number) => `background ${number}`),
    );
    await engine.close();
  } finally {
    fixture.remove();
  }
});

test('a batch takes at most 256 commands or 4 MiB of frames, and the queue is bounded', () => {
  const queue = new CommitQueue({ ...DEFAULT_LIMITS, queueCommands: 1000, queueFrameBytes: 64 * 1024 * 1024 });
  const submission = (frameBytes: number) => ({
    command: async () => undefined,
    input: undefined,
    frames: [],
    frameBytes,
    traits: ORDINARY,
    settle: () => undefined,
  });
  for (let index = 0; index < 300; index += 1) queue.push(submission(10));
  assert.equal(queue.takeBatch().length, 256);
  assert.equal(queue.takeBatch().length, 44);
  for (let index = 0; index < 10; index += 1) queue.push(submission(1024 * 1024));
  assert.equal(queue.takeBatch().length, 4);
  assert.equal(queue.takeBatch().length, 4);
  assert.equal(queue.takeBatch().length, 2);
  let taken = 0;
  while (queue.push(submission(1024 * 1024))) taken += 1;
  assert.equal(taken, 64);
  for (let size = queue.size; size > 0; size = queue.size) queue.takeBatch();
  taken = 0;
  while (queue.push(submission(0))) taken += 1;
  assert.equal(taken, 1000);
});
