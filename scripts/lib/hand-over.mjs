// Runs the pinned Node as if it were this process: its streams, its signals, its exit code.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { say } from './say.mjs';

const PARENT_CHECK_MS = 500;
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'];

/** Runs a step and waits; its stdout goes to stderr. Answers the exit code. */
export function runStep(node, args, { cwd, env = {} }) {
  const result = spawnSync(node, args, { cwd, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  if (result.error) throw result.error;
  return exitCode(result.status, result.signal);
}

/**
 * Starts the program and ends with its exit code (128 + number for a signal). A terminal sends its signals to every
 * process of the group and npm passes them on once more, so the server is told that it may hear one signal several times.
 */
export function handOver(node, args, { cwd, env = {} }) {
  const child = spawn(node, args, { cwd, stdio: 'inherit', env: { ...process.env, STOWAGE_BOOTSTRAP: '1', ...env } });
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) endWithParent(child);
  child.on('error', (error) => {
    say(`${node} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => process.exit(exitCode(status, signal)));
}

/** npm waits for us; when it is killed outright it can pass nothing on, and nobody would be left to stop the server. */
function endWithParent(child) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  timer.unref();
}

function exitCode(status, signal) {
  return status ?? 128 + (constants.signals[signal] ?? 1);
}
