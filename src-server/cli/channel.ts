import { type HostEvent, hostRequestSchema } from '../contract/host-channel.ts';

export interface Channel {
  send(event: HostEvent): void;
  /** `disconnected`: the host is gone, so this process should go as well. */
  listen(onShutdown: (graceMs: number) => void, onDisconnect: () => void): void;
}

/** The parts of `process` that tell the three hosts apart. */
export interface HostProcess {
  /** Electron's utility process. */
  readonly parentPort?: {
    postMessage(message: unknown): void;
    on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  };
  /** A forked child. */
  readonly send?: ((message: unknown, onSent: (error: Error | null) => void) => unknown) | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
}

/** The channel to whoever started this process; a plain one has signals only and gets a channel that is silent. */
export function openChannel(host: HostProcess): Channel {
  const { parentPort } = host;
  if (parentPort !== undefined) {
    const send = (event: HostEvent) => parentPort.postMessage(event);
    return {
      send,
      listen: (onShutdown) => parentPort.on('message', ({ data }) => answer(data, send, onShutdown)),
    };
  }
  if (typeof host.send === 'function') {
    // A host that is gone cannot be told: with a listener that is no error of the process.
    const send = (event: HostEvent) => void host.send?.(event, () => undefined);
    return {
      send,
      listen(onShutdown, onDisconnect) {
        host.on('message', (message) => answer(message, send, onShutdown));
        host.on('disconnect', onDisconnect);
      },
    };
  }
  return { send: () => undefined, listen: () => undefined };
}

/** A message that is not ours is somebody else's business. */
function answer(message: unknown, send: (event: HostEvent) => void, onShutdown: (graceMs: number) => void): void {
  const parsed = hostRequestSchema.safeParse(message);
  if (!parsed.success) return;
  if (parsed.data.type === 'ping') send({ type: 'pong' });
  else onShutdown(parsed.data.graceMs);
}
