import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from '../../clients/support/find-tool.ts';
import { runTool } from '../../clients/support/run-tool.ts';
import { serverEntry, startServerProcess, TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';

/** A server whose files are on the disk that loses power. */
export interface RigServer {
  readonly url: string;
  readonly pid: number;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server on a folder; the same folder after a cut means recovery. */
export interface RigSubject {
  readonly name: string;
  start(folder: string): Promise<RigServer>;
  /** With the server stopped: what its own check complains about. */
  check(folder: string): Promise<readonly string[]>;
}

/** Stowage; `prefix` is a command that runs it, such as eatmydata. */
export function stowage(name: string, prefix: readonly string[] = []): RigSubject {
  return {
    name,
    start: async (folder) => {
      const dataDir = join(folder, 'data');
      mkdirSync(dataDir, { recursive: true });
      const server = await startServerProcess({ dataDir, prefix });
      endWithThisProcess(server.child);
      const { s3Url: url, pid } = server;
      const stop = async (): Promise<void> => {
        const code = await server.stop();
        if (code !== 0) throw new Error(`the server ended with ${code}: ${server.stderr().slice(-1000)}`);
      };
      return { url, pid, kill: () => server.kill(), stop };
    },
    check: async (folder) => {
      const args = [serverEntry(), 'check', '--data-dir', join(folder, 'data')];
      const { code, stdout, stderr } = await runTool(process.execPath, args, { env: cleanEnvironment('/') });
      return code === 0 ? [] : [`check ended with ${code}: ${stdout.slice(-1500)} ${stderr.slice(-500)}`];
    },
  };
}

const STUB_ENTRY = fileURLToPath(new URL('./stub-store.ts', import.meta.url));

/** The controls: a store that syncs what it must, and one that forgets the folder. */
export function stubStore(mode: 'durable' | 'no-folder-sync'): RigSubject {
  return {
    name: `stub store, ${mode}`,
    start: async (folder) => {
      const child = spawn(process.execPath, [STUB_ENTRY, folder, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
      endWithThisProcess(child);
      const [port]: unknown[] = await Promise.race([
        once(createInterface({ input: child.stdout }), 'line'),
        once(child, 'exit'),
      ]);
      if (typeof port !== 'string' || child.pid === undefined) throw new Error('the stub store did not start');
      return {
        url: `http://127.0.0.1:${port}`,
        pid: child.pid,
        kill: () => end(child, 'SIGKILL'),
        stop: () => end(child, 'SIGTERM'),
      };
    },
    check: async () => [],
  };
}

export const RIG_CREDENTIALS = TEST_ROOT_CREDENTIALS;

/** A stopped server would outlive an interrupted test for ever. */
function endWithThisProcess(child: ChildProcess): void {
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
