import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { serverEntry } from './server-process.ts';

export interface CommandOutcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** stdout and stderr as they came. */
  readonly output: string;
}

/** Runs a `stowage` command to its end. */
export async function runStowage(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [serverEntry(), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  }
  const [code, signal] = await once(child, 'close');
  return { code, signal, output: output.join('') };
}

/** `stowage check` of a stopped server: rows, files, frames, counters, and the replayed log equals the catalogue. */
export async function expectCleanCheck(dataDir: string, options: readonly string[] = []): Promise<void> {
  const { code, output } = await runStowage(['check', '--data-dir', dataDir, ...options]);
  assert.equal(code, 0, output);
  // Without this line nothing was compared.
  assert.match(output, /replay: the log gives the catalogue/);
}
