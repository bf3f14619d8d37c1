import type { Logger } from '../observability/logger.ts';
import type { Job, JobState, JobStatus, StepOutcome } from './job.ts';

const FIRST_RETRY_MS = 1_000;
const RETRY_MS_MAX = 300_000;

interface Running {
  readonly job: Job;
  state: JobState;
  steps: number;
  failures: number;
  lastStepMs: number | undefined;
  nextStepMs: number | undefined;
  busySinceMs: number | undefined;
  lastError: string | undefined;
  wake: (() => void) | undefined;
  /** Asked for during a step, which may have looked already: there is no rest behind it. */
  isWoken: boolean;
  readonly ended: Promise<void>;
}

/** Runs jobs side by side, each one's steps one after another, at most half of the time; drains on `stop`. */
export class JobRunner {
  readonly #log: Logger;
  readonly #stop = new AbortController();
  readonly #running: Running[] = [];
  readonly #restMsMax: number;

  /** @param restMsMax no rest is longer, whatever a job asks for */
  constructor(log: Logger, restMsMax: number = Number.POSITIVE_INFINITY) {
    this.#log = log;
    this.#restMsMax = restMsMax;
  }

  start(job: Job): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const running: Running = {
      job,
      state: 'running',
      steps: 0,
      failures: 0,
      lastStepMs: undefined,
      nextStepMs: undefined,
      busySinceMs: undefined,
      lastError: undefined,
      wake: undefined,
      isWoken: false,
      ended: promise,
    };
    this.#running.push(running);
    void this.#loop(running).finally(resolve);
  }

  /** Ends a job's rest now; undefined names nobody. */
  runNow(name: string): boolean {
    const running = this.#running.find(({ job }) => job.name === name);
    if (running === undefined) return false;
    running.isWoken = true;
    running.wake?.();
    return true;
  }

  status(): JobStatus[] {
    return this.#running.map(({ job, state, steps, lastStepMs, nextStepMs, busySinceMs, lastError }) => ({
      name: job.name,
      state,
      steps,
      lastStepMs,
      nextStepMs,
      busySinceMs,
      lastError,
      facts: job.facts(),
    }));
  }

  /** Resolves when every step under way has ended. */
  async stop(): Promise<void> {
    this.#stop.abort();
    for (const running of this.#running) running.wake?.();
    await Promise.all(this.#running.map(({ ended }) => ended));
  }

  async #loop(running: Running): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const started = performance.now();
      const outcome = await this.#step(running);
      running.lastStepMs = Date.now();
      // Foreground work gets at least as much time as a job takes.
      const waitMs = outcome.kind === 'more' ? performance.now() - started : Math.min(outcome.forMs, this.#restMsMax);
      running.busySinceMs = outcome.kind === 'more' ? (running.busySinceMs ?? running.lastStepMs) : undefined;
      running.nextStepMs = running.lastStepMs + waitMs;
      if (!signal.aborted) await this.#rest(running, waitMs);
    }
    running.state = 'stopped';
  }

  async #step(running: Running): Promise<StepOutcome> {
    running.state = 'running';
    running.nextStepMs = undefined;
    running.isWoken = false;
    try {
      const outcome = await running.job.step(this.#stop.signal);
      running.steps += 1;
      running.failures = 0;
      running.lastError = undefined;
      running.state = outcome.kind === 'more' ? 'running' : 'resting';
      return outcome;
    } catch (error) {
      if (this.#stop.signal.aborted) return { kind: 'rest', forMs: 0 };
      running.failures += 1;
      running.state = 'failing';
      running.lastError = error instanceof Error ? error.message : String(error);
      this.#log.warn({ job: running.job.name, err: error }, 'a step of a job failed; it will be tried again');
      return { kind: 'rest', forMs: Math.min(RETRY_MS_MAX, FIRST_RETRY_MS * 2 ** (running.failures - 1)) };
    }
  }

  #rest(running: Running, forMs: number): Promise<void> {
    if (running.isWoken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, forMs);
      timer.unref();
      running.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
