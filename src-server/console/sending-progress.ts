import type { ServerResponse } from 'node:http';
import { bytesSent } from '../platform/bytes-sent.ts';
import { ProgressMeter, type ProgressRule } from '../platform/progress.ts';

/** Looked at so many times in a window. */
const SWEEPS_A_WINDOW = 6;

/** Tells a watcher when it begins and ends to wait for the client. */
export interface Waiting {
  begin(): void;
  end(): void;
}

/** Cuts off a client that takes its answer too slowly, until the answer is closed. */
export function watchSending(response: ServerResponse, rule: ProgressRule): Waiting {
  const { socket } = response.req;
  const meter = new ProgressMeter(rule.writeWindowMs, rule.minBytesPerSecond);
  meter.restart(bytesSent(socket));
  const sweep = setInterval(() => {
    if (meter.isTooSlow(performance.now(), bytesSent(socket))) socket.destroy();
  }, rule.writeWindowMs / SWEEPS_A_WINDOW);
  response.once('close', () => clearInterval(sweep));
  return { begin: () => meter.begin(performance.now()), end: () => meter.end(performance.now()) };
}
