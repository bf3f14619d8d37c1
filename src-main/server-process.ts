import { join } from 'node:path';
import { app, utilityProcess } from 'electron';
import { type HostEvent, type HostRequest, hostEventSchema } from '../src-server/contract/host-channel.ts';

/** Electron's unpacked copy: a child process cannot start from inside an archive. */
const SERVER_ENTRY = join(app.getAppPath().replace(/app\.asar$/, 'app.asar.unpacked'), 'dist', 'server', 'main.js');
const STOP_GRACE_MS = 10_000;

export interface ServerProcess {
  /** Resolves with the console's address; rejects with the line that explains why there is none. */
  readonly ready: Promise<string>;
  /** Asks the server to drain, and resolves when its process is gone. */
  stop(): Promise<void>;
}

/** Starts the same server entry that runs headless, as a utility process; its log goes to our stderr. */
export function startServerProcess(): ServerProcess {
  const child = utilityProcess.fork(SERVER_ENTRY, ['serve'], { stdio: 'pipe', serviceName: 'stowage server' });
  child.stderr?.pipe(process.stderr);
  const ready = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<void>();
  child.on('message', (message: unknown) => {
    const event = hostEventSchema.safeParse(message);
    if (event.success) settle(event.data, ready);
  });
  child.on('exit', (code) => {
    ready.reject(new Error(`the server ended with exit code ${code}`));
    ended.resolve();
  });
  const send = (request: HostRequest) => child.postMessage(request);
  return {
    ready: ready.promise,
    stop: async () => {
      if (child.pid !== undefined) send({ type: 'shutdown', graceMs: STOP_GRACE_MS });
      await ended.promise;
    },
  };
}

function settle(event: HostEvent, ready: PromiseWithResolvers<string>): void {
  if (event.type === 'ready') ready.resolve(event.console);
  if (event.type === 'fatal') ready.reject(new Error(event.message));
}
