import type { Submission } from './submission.ts';

/** May this command run where ordinary writes may not? */
export function givesSpaceBack({ traits }: Submission): boolean {
  return traits.space === 'free' || traits.space === 'collect';
}

/**
 * Commands that give space back and found none to run in, while a checkpoint held some that it will return: they wait for
 * its end, once, instead of being refused on a disk that has room a moment later.
 */
export class WaitingForRoom {
  readonly #known = new WeakSet<Submission>();
  #waiting: Submission[] = [];
  #isExpected = false;

  /** Room comes back when `task` ends, well or not; `then` gets who waited for it. */
  expect(task: Promise<unknown>, then: (waited: readonly Submission[]) => void): void {
    this.#isExpected = true;
    const end = (): void => {
      this.#isExpected = false;
      then(this.take());
    };
    task.then(end, end);
  }

  /** False: it waited before, or for nothing that comes; then it is to be refused. */
  hold(submission: Submission): boolean {
    if (!this.#isExpected || !givesSpaceBack(submission) || this.#known.has(submission)) return false;
    this.#known.add(submission);
    this.#waiting.push(submission);
    return true;
  }

  /** Whoever waits; they wait no more. */
  take(): readonly Submission[] {
    return this.#waiting.splice(0);
  }
}
