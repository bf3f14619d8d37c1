import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const MAX_PASSES = 20_000;
const QUIET_MS = 100;

/**
 * Stops a process so that no answer leaves it any more: returns when each thread has stopped or waits in the kernel,
 * from where it can only come back to be stopped. It does NOT wait for syncs in flight, and does not give up this
 * thread: a sync allowed to finish would make durable what the process answered too early, and hide the fault.
 */
export function freeze(pid: number): void {
  process.kill(pid, 'SIGSTOP');
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    if (threadStates(pid).every((state) => state === 'T' || state === 'D')) return;
  }
  throw new Error(`process ${pid} did not stop: ${threadStates(pid).join('')}`);
}

/** Waits until a count stops growing: answers already on the wire have been read then. */
export async function untilQuiet(count: () => number): Promise<void> {
  for (let last = -1; last !== count(); ) {
    last = count();
    await sleep(QUIET_MS);
  }
}

function threadStates(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  });
}
