import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BUILT_ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const SOURCE_ENTRY = fileURLToPath(new URL('../../src-server/main.ts', import.meta.url));

export interface ServerProcessOptions {
  /** Must exist. A temporary one is made and removed at `stop` when absent. */
  readonly dataDir?: string;
  /** Of the console; a free one where absent. */
  readonly consolePort?: number;
  /** Further options of `stowage serve`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A command that runs the server, for LD_PRELOAD and the like; default: the pinned Node. */
  readonly prefix?: readonly string[];
  /** How long to wait for the ready line, ms. Only a guard against a hang. */
  readonly readyTimeoutMs?: number;
}

/** A running `stowage serve` child, as any supervisor would see it. */
export interface ServerProcess {
  readonly s3Url: string;
  readonly consoleUrl: string;
  readonly pid: number;
  readonly dataDir: string;
  readonly child: ChildProcess;
  readonly rootCredentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Everything the server wrote to stderr so far. */
  stderr(): string;
  /** SIGTERM, then waits; resolves to the exit code. Removes a temporary data dir. */
  stop(): Promise<number | null>;
  /** SIGKILL and wait: the process dies where it stands; the data dir stays. */
  kill(): Promise<void>;
}

export const TEST_ROOT_CREDENTIALS = { accessKeyId: 'TESTROOTKEY', secretAccessKey: 'test-root-secret-key-0123456789' };

const running = new Set<ChildProcess>();
let watching = false;

/** No server outlives the test that started it: neither a failed one, nor one that the runner cut off. */
function endWithThisProcess(child: ChildProcess): void {
  if (!watching) {
    process.once('exit', killRunning);
    process.once('SIGTERM', () => process.exit(143));
    watching = true;
  }
  running.add(child);
  child.once('exit', () => running.delete(child));
}

function killRunning(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** The built entry; the source where there is no build. */
export function serverEntry(): string {
  return existsSync(BUILT_ENTRY) ? BUILT_ENTRY : SOURCE_ENTRY;
}

/**
 * Starts the built server (from source where there is no build) on free ports and waits for its ready line.
 * Rejects with StartFailed when it exits first.
 */
export async function startServerProcess(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const temporary = options.dataDir === undefined;
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'stowage-test-'));
  const [command, ...prefix] = [...(options.prefix ?? []), process.execPath];
  if (command === undefined) throw new Error('no command');
  const serve = ['serve', '--data-dir', dataDir, '--s3-address', '127.0.0.1:0'];
  const consoleAddress = `127.0.0.1:${options.consolePort ?? 0}`;
  const child = spawn(
    command,
    [...prefix, serverEntry(), ...serve, '--console-address', consoleAddress, ...(options.args ?? [])],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        STOWAGE_ROOT_ACCESS_KEY: TEST_ROOT_CREDENTIALS.accessKeyId,
        STOWAGE_ROOT_SECRET_KEY: TEST_ROOT_CREDENTIALS.secretAccessKey,
        ...options.env,
      },
    },
  );
  endWithThisProcess(child);
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const ready = await waitForReady(child, errors, options.readyTimeoutMs ?? 60_000);
  return {
    ...ready,
    dataDir,
    child,
    rootCredentials: TEST_ROOT_CREDENTIALS,
    stderr: () => errors.join(''),
    stop: async () => {
      const code = await endProcess(child, 'SIGTERM');
      if (temporary) rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
    kill: async () => {
      await endProcess(child, 'SIGKILL');
    },
  };
}

/** The credentials that a first run wrote, where no root key was given. */
export function readRootCredentials(dataDir: string): { accessKeyId: string; secretAccessKey: string } {
  return JSON.parse(readFileSync(join(dataDir, 'root-credentials.json'), 'utf8'));
}

function waitForReady(
  child: ChildProcess,
  errors: readonly string[],
  timeoutMs: number,
): Promise<{ s3Url: string; consoleUrl: string; pid: number }> {
  const { stdout } = child;
  if (stdout === null) throw new Error('the child has no stdout');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    createInterface({ input: stdout }).on('line', (line) => {
      const event = parseLine(line);
      if (!isReady(event)) return;
      clearTimeout(timer);
      resolve({ s3Url: event.s3, consoleUrl: event.console, pid: event.pid });
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      reject(new StartFailed(code, signal, errors.join('')));
    });
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The server ended before it was ready. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;

  constructor(exitCode: number | null, signal: NodeJS.Signals | null, stderr: string) {
    super(`the server ended before it was ready (exit ${exitCode ?? signal}): ${stderr}`);
    this.exitCode = exitCode;
    this.signal = signal;
    this.stderr = stderr;
  }
}

function isReady(event: unknown): event is { event: 'ready'; s3: string; console: string; pid: number } {
  return typeof event === 'object' && event !== null && 'event' in event && event.event === 'ready';
}

async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
  return child.exitCode;
}
