import { spawn } from 'node:child_process';

export interface ToolRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Given to stdin. */
  readonly input?: string;
  /** Only a guard against a hang. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 120_000;

/** Runs a program to its end. Resolves whatever its exit code is. */
export function runTool(command: string, args: readonly string[], options: ToolOptions): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { cwd: options.cwd, env: options.env, stdio: ['pipe', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? TIMEOUT_MS);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, ...output });
    });
    // A program that does not read its input may close it early.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs a program that must succeed; resolves to its stdout. Rejects with all its output. */
export async function mustRun(command: string, args: readonly string[], options: ToolOptions): Promise<string> {
  const run = await runTool(command, args, options);
  if (run.code === 0) return run.stdout;
  throw new Error(`${command} ${args.join(' ')} ended with ${run.code}\n${run.stdout}\n${run.stderr}`);
}
