import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Target } from '../load/connection.ts';

export type BaselineName = 'bare-get-server' | 'bare-file-server' | 'bare-put-server' | 'byte-source';

/** Runs `body` against a baseline server in a process of its own, as the real server has one; ends it afterwards. */
export async function withBaseline<T>(
  name: BaselineName,
  args: readonly string[],
  body: (target: Target, pid: number | undefined) => Promise<T>,
): Promise<T> {
  const entry = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const lines = createInterface({ input: child.stdout });
    const first: unknown[] = await Promise.race([once(lines, 'line'), once(child, 'exit')]);
    if (typeof first[0] !== 'string') throw new Error(`the baseline ${name} did not start`);
    return await body({ host: '127.0.0.1', port: Number(first[0]) }, child.pid);
  } finally {
    if (child.exitCode === null) {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    }
  }
}
