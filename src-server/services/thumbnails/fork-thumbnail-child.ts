import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ToThumbnailProcess } from '../../contract/host-channel.ts';
import type { Logger } from '../../observability/logger.ts';
import { threadEntry } from '../../platform/thread-entry.ts';
import type { StartThumbnailChild } from './thumbnail-child.ts';

/**
 * Starts it as a child of the server, which Electron's children cannot.
 *
 * @param entry of another process that speaks the protocol, for tests
 */
export function forkThumbnailChild(log: Logger, entry: URL = threadEntry('thumbnail-process')): StartThumbnailChild {
  return (listener) => {
    const child = fork(fileURLToPath(entry), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: ['--max-old-space-size=128', '--disable-warning=ExperimentalWarning'],
      // The server's own environment may hold keys.
      env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2', ...inherited('SystemRoot', 'PATH', 'LD_LIBRARY_PATH') },
    });
    child.on('error', (error) => log.warn({ err: error }, 'the process that makes thumbnails did not start'));
    child.once('exit', (exitCode, signal) => listener.onExit({ exitCode, signal }));
    // Only our own entry speaks here.
    child.on('message', (message) => listener.onMessage(message as Parameters<typeof listener.onMessage>[0]));
    // It must not keep the server up.
    child.unref();
    child.channel?.unref();
    return {
      tell: (message) => tell(child, message),
      kill: () => void child.kill('SIGKILL'),
      hold: (isHeld) => (isHeld ? child.channel?.ref() : child.channel?.unref()),
    };
  };
}

function tell(child: ChildProcess, message: ToThumbnailProcess): Promise<boolean> {
  return new Promise((resolve) => {
    if (child.connected) child.send(message, (error) => resolve(error === null));
    else resolve(false);
  });
}

function inherited(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
