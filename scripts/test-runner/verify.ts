import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** One static check of the sources. */
interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const bin = (root: string, path: string) => join(root, 'node_modules', path);

/** Format and lint, types: seconds. Answers how many passed and failed; their output goes to stdout where they fail. */
export async function verify(root: string): Promise<{ passed: number; failed: number; skipped: number }> {
  const checks: Check[] = [
    { name: 'format and lint', args: [bin(root, '@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', root] },
    { name: 'types', args: [bin(root, 'typescript/bin/tsc'), '-p', root] },
    { name: 'types of the console', args: [bin(root, 'typescript/bin/tsc'), '-p', join(root, 'src-renderer')] },
  ];
  console.log('\n== verify');
  const results = await Promise.all(checks.map((check) => runCheck(check, root)));
  const passed = results.filter(Boolean).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

async function runCheck(check: Check, root: string): Promise<boolean> {
  const startedMs = Date.now();
  const child = spawn(process.execPath, check.args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${seconds} s)`);
  if (code !== 0) console.log(output.join(''));
  return code === 0;
}
