import type { EngineLimits } from '../engine-options.ts';
import type { Submission } from './submission.ts';

/** Commands that wait: foreground first, each kind in the order it came. Bounded; the caller refuses what does not fit. */
export class CommitQueue {
  readonly #limits: EngineLimits;
  #foreground: Submission[] = [];
  #background: Submission[] = [];
  #frameBytes = 0;

  constructor(limits: EngineLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#foreground.length + this.#background.length;
  }

  /** False when the queue is full: nothing was queued. */
  push(submission: Submission): boolean {
    const { queueCommands, queueFrameBytes } = this.#limits;
    if (this.size >= queueCommands) return false;
    if (this.#frameBytes > 0 && this.#frameBytes + submission.frameBytes > queueFrameBytes) return false;
    this.#lane(submission).push(submission);
    this.#frameBytes += submission.frameBytes;
    return true;
  }

  /** Puts back, in front and in order, what a batch had no room for. */
  putBack(submissions: readonly Submission[]): void {
    this.#foreground.unshift(...submissions.filter((one) => one.traits.priority === 'foreground'));
    this.#background.unshift(...submissions.filter((one) => one.traits.priority === 'background'));
    for (const one of submissions) this.#frameBytes += one.frameBytes;
  }

  /** The next batch: at most `batchCommands` and, past its first command, `batchFrameBytes`. Background commands last. */
  takeBatch(): Submission[] {
    const batch: Submission[] = [];
    const room = { commands: this.#limits.batchCommands, bytes: this.#limits.batchFrameBytes };
    this.#foreground = takeWhileRoom(this.#foreground, batch, room);
    this.#background = takeWhileRoom(this.#background, batch, room);
    for (const one of batch) this.#frameBytes -= one.frameBytes;
    return batch;
  }

  #lane(submission: Submission): Submission[] {
    return submission.traits.priority === 'foreground' ? this.#foreground : this.#background;
  }
}

/** Moves submissions from `lane` to `batch` while there is room; answers the rest of the lane. */
function takeWhileRoom(
  lane: Submission[],
  batch: Submission[],
  room: { commands: number; bytes: number },
): Submission[] {
  let taken = 0;
  for (const one of lane) {
    if (batch.length >= room.commands || (batch.length > 0 && one.frameBytes > room.bytes)) break;
    batch.push(one);
    room.bytes -= one.frameBytes;
    taken += 1;
  }
  return taken === lane.length ? [] : lane.slice(taken);
}
