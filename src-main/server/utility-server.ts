import { type UtilityProcess, utilityProcess } from 'electron';
import { hostEventSchema } from '../../src-server/contract/host-channel.ts';
import type { ServerChild, ServerChildListener } from './server-child.ts';
import { serverFile } from './server-file.ts';
import { isThumbnailOrder, ThumbnailProcesses } from './thumbnail-processes.ts';

export interface UtilityServerOptions {
  /** 64 hex digits, from the keychain; undefined = the server keeps its key in its data dir. */
  readonly masterKey: string | undefined;
  /** Takes what the server writes to stderr. */
  readonly log: NodeJS.WritableStream;
}

/** Starts the same entry that runs headless, as a utility process: it cannot take this one with it when it dies. */
export function startUtilityServer(options: UtilityServerOptions, listener: ServerChildListener): ServerChild {
  const { masterKey, log } = options;
  const env = masterKey === undefined ? process.env : { ...process.env, STOWAGE_MASTER_KEY_FROM_HOST: '1' };
  let child: UtilityProcess | undefined = utilityProcess.fork(serverFile('main.js'), ['serve'], {
    stdio: 'pipe',
    serviceName: 'stowage server',
    env,
  });
  child.stderr?.pipe(log, { end: false });
  // Nobody reads its one line; a full pipe would stop it.
  child.stdout?.resume();
  const thumbnails = new ThumbnailProcesses((request) => child?.postMessage(request));
  child.on('message', (message: unknown) => {
    const event = hostEventSchema.safeParse(message);
    if (!event.success) return;
    if (isThumbnailOrder(event.data)) thumbnails.obey(event.data);
    else listener.onEvent(event.data);
  });
  child.on('exit', (code) => {
    // Electron crashes on a message to a process from inside its own exit event.
    child = undefined;
    thumbnails.stop();
    listener.onExit(code);
  });
  // Never in the environment or the arguments, which other programs of this user can read.
  if (masterKey !== undefined) child.postMessage({ type: 'master-key', key: masterKey });
  return {
    send: (request) => child?.postMessage(request),
    kill: () => void child?.kill(),
  };
}
