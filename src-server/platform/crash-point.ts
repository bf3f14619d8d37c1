import { readFileSync } from 'node:fs';

/*
 * Crash points: named steps at which a test stops the process as a power failure would, between two instructions of our
 * own. Live only with STOWAGE_DEBUG=1 and one of
 *   STOWAGE_CRASH_AT=NAME:COUNT    the COUNTth time that a thread reaches NAME, from its start
 *   STOWAGE_CRASH_FILE=PATH        the same, said while the process runs by the file's text; counts from the last change
 */

type CrashPointHandler = (name: string) => void;

let handler: CrashPointHandler | undefined = handlerFromEnvironment(process.env);

/** Marks a step of a durable procedure. Does nothing in service. */
export function crashPoint(name: string): void {
  handler?.(name);
}

/** For tests in this thread: `handler` is called at each crash point and may throw. `undefined` switches back off. */
export function setCrashPointHandler(next: CrashPointHandler | undefined): void {
  handler = next;
}

function handlerFromEnvironment(env: NodeJS.ProcessEnv): CrashPointHandler | undefined {
  if (env['STOWAGE_DEBUG'] !== '1') return undefined;
  const wanted = env['STOWAGE_CRASH_AT'];
  if (wanted !== undefined) return countDown(wanted);
  const path = env['STOWAGE_CRASH_FILE'];
  return path === undefined ? undefined : followFile(path);
}

/** @param wanted `NAME` or `NAME:COUNT`; whatever follows a blank only tells one order from the next */
function countDown(wanted: string): CrashPointHandler {
  const [name, count] = (wanted.split(' ')[0] ?? '').split(':');
  let left = Number(count ?? '1');
  return (reached) => {
    if (reached !== name) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

function followFile(path: string): CrashPointHandler {
  let known: string | undefined;
  let current: CrashPointHandler | undefined;
  return (reached) => {
    const text = textOf(path);
    if (text !== known) {
      known = text;
      current = text === undefined ? undefined : countDown(text);
    }
    current?.(reached);
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // No order stands: nothing happens.
    return undefined;
  }
}
