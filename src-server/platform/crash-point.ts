/*
 * Crash points: named steps at which a test stops the process as a power failure would, between two instructions of our
 * own. Live only with STOWAGE_DEBUG=1 and STOWAGE_CRASH_AT=NAME:COUNT (the COUNTth time that NAME is reached).
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
  const wanted = env['STOWAGE_CRASH_AT'];
  if (wanted === undefined || env['STOWAGE_DEBUG'] !== '1') return undefined;
  const [name, count] = wanted.split(':');
  let left = Number(count ?? '1');
  return (reached) => {
    if (reached !== name) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
