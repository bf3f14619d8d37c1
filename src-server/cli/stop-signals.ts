import { constants } from 'node:os';

export interface StopSignals {
  /** The first SIGTERM or SIGINT: drain and end. */
  readonly onStop: (signal: NodeJS.Signals) => void;
  /** A further one: end at once with this exit code. */
  readonly onSecond: (exitCode: number) => void;
  /**
   * A terminal or a supervisor may send one signal to the whole process group while npm and the bootstrap pass it on as
   * well: within this time, ms, it is the same signal. 0 where nobody stands between.
   */
  readonly sameWithinMs: number;
  readonly nowMs: () => number;
}

/** Two signals that end the process, heard as one sequence. Answers the listener, for tests. */
export function listenForStop(
  host: Pick<NodeJS.Process, 'on'>,
  signals: StopSignals,
): (signal: NodeJS.Signals) => void {
  let firstMs: number | undefined;
  const hear = (signal: NodeJS.Signals): void => {
    const now = signals.nowMs();
    if (firstMs === undefined) {
      firstMs = now;
      signals.onStop(signal);
    } else if (signals.sameWithinMs === 0 || now - firstMs > signals.sameWithinMs) {
      signals.onSecond(128 + constants.signals[signal]);
    }
  };
  host.on('SIGTERM', hear);
  host.on('SIGINT', hear);
  return hear;
}
