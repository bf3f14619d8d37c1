/** What a step leaves behind: more to do at once, or nothing for a while. */
export type StepOutcome = { readonly kind: 'more' } | { readonly kind: 'rest'; readonly forMs: number };

export const MORE: StepOutcome = { kind: 'more' };

/** What a job shows of itself: names to small values, for the console and the log. */
export type JobFacts = Readonly<Record<string, number | string>>;

/**
 * Background work in bounded steps: each reads little, submits at most one command, holds no lock in between, and can be
 * repeated after a crash at any point. What must survive a restart stands in the catalogue.
 */
export interface Job {
  /** Kebab case. */
  readonly name: string;
  /** One step. `signal` says that the server stops: finish soon. Throwing = try again later. */
  step(signal: AbortSignal): Promise<StepOutcome>;
  facts(): JobFacts;
}

export type JobState = 'running' | 'resting' | 'failing' | 'stopped';

/** A job as the runner sees it. Times in epoch milliseconds. */
export interface JobStatus {
  readonly name: string;
  readonly state: JobState;
  readonly steps: number;
  readonly lastStepMs: number | undefined;
  /** Undefined while a step is under way. */
  readonly nextStepMs: number | undefined;
  /** Since when it has had more to do; undefined while it rests. */
  readonly busySinceMs: number | undefined;
  readonly lastError: string | undefined;
  readonly facts: JobFacts;
}
