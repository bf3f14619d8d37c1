import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pino from 'pino';
import { type Job, MORE, type StepOutcome } from '../../src-server/jobs/job.ts';
import { JobRunner } from '../../src-server/jobs/runner.ts';

function job(step: (number: number, signal: AbortSignal) => Promise<StepOutcome>): Job & { steps: number } {
  const made = {
    name: 'test-job',
    steps: 0,
    step: (signal: AbortSignal) => {
      made.steps += 1;
      return step(made.steps, signal);
    },
    facts: () => ({ steps: made.steps }),
  };
  return made;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

describe('job runner', () => {
  const log = pino({ level: 'silent' });

  it('steps while there is more, then rests until it is woken', async () => {
    const runner = new JobRunner(log);
    const made = job(async (number) => (number % 3 === 0 ? { kind: 'rest', forMs: 3_600_000 } : MORE));
    runner.start(made);
    await until(() => made.steps === 3);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(made.steps, 3);
    assert.deepEqual(
      runner.status().map(({ name, state, steps, facts }) => ({ name, state, steps, facts })),
      [{ name: 'test-job', state: 'resting', steps: 3, facts: { steps: 3 } }],
    );
    assert.equal(runner.runNow('test-job'), true);
    assert.equal(runner.runNow('nobody'), false);
    await until(() => made.steps === 6);
    await runner.stop();
    assert.equal(runner.status()[0]?.state, 'stopped');
  });

  it('does not rest where it was woken during the step before', async () => {
    const runner = new JobRunner(log);
    const made = job(async (number) => {
      // What it looks for comes when it has looked.
      if (number === 1) runner.runNow('test-job');
      return { kind: 'rest', forMs: 3_600_000 };
    });
    runner.start(made);
    await until(() => made.steps === 2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(made.steps, 2);
    await runner.stop();
  });

  it('waits for the step under way when it stops, and tells it', async () => {
    const runner = new JobRunner(log);
    let finished = false;
    const made = job(async (_number, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      finished = true;
      return MORE;
    });
    runner.start(made);
    await until(() => made.steps === 1);
    await runner.stop();
    assert.equal(finished, true);
    assert.equal(made.steps, 1);
  });

  it('tries again later after a failure, and does not hide it', async () => {
    const runner = new JobRunner(log);
    const made = job(async (number) => {
      if (number === 1) throw new Error('disk full');
      return { kind: 'rest', forMs: 3_600_000 };
    });
    runner.start(made);
    await until(() => runner.status()[0]?.state === 'failing');
    assert.equal(runner.status()[0]?.lastError, 'disk full');
    runner.runNow('test-job');
    await until(() => made.steps === 2);
    await until(() => runner.status()[0]?.state === 'resting');
    await runner.stop();
  });
});
