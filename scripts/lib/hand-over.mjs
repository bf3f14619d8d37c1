// Runs the pinned Node as if it were this process: its streams, its signals, its exit code.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { say } from './say.mjs';

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
  child.on('error', (error) => {
    say(`${node} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (status, signal) => process.exit(exitCode(status, signal)));
}

function exitCode(status, signal) {
  return status ?? 128 + (constants.signals[signal] ?? 1);
}
