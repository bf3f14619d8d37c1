import { type HostEvent, type HostRequest, hostRequestSchema } from '../contract/host-channel.ts';

export interface Channel {
  send(event: HostEvent): void;
  /** `disconnected`: the host is gone, so this process should go as well. */
  listen(onShutdown: (graceMs: number) => void, onDisconnect: () => void): void;
  /** The next master key that the host sends. Never settles without one. */
  masterKey(): Promise<Buffer>;
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
    const onMessage = (listener: (message: unknown) => void) => parentPort.on('message', ({ data }) => listener(data));
    return talk({ send: (event) => parentPort.postMessage(event), onMessage, onDisconnect: () => undefined });
  }
  if (typeof host.send === 'function') {
    return talk({
      // A host that is gone cannot be told: with a listener that is no error of the process.
      send: (event) => void host.send?.(event, () => undefined),
      onMessage: (listener) => host.on('message', listener),
      onDisconnect: (listener) => host.on('disconnect', listener),
    });
  }
  return { send: () => undefined, listen: () => undefined, masterKey: () => new Promise(() => undefined) };
}

interface Wire {
  send(event: HostEvent): void;
  onMessage(listener: (message: unknown) => void): unknown;
  onDisconnect(listener: () => void): unknown;
}

/** A message that is not ours is somebody else's business. */
function talk({ send, onMessage, onDisconnect }: Wire): Channel {
  const masterKey = Promise.withResolvers<Buffer>();
  let onShutdown: ((graceMs: number) => void) | undefined;
  const hear = (request: HostRequest): void => {
    if (request.type === 'ping') send({ type: 'pong' });
    else if (request.type === 'shutdown') onShutdown?.(request.graceMs);
    else masterKey.resolve(Buffer.from(request.key, 'hex'));
  };
  onMessage((message) => {
    const parsed = hostRequestSchema.safeParse(message);
    if (parsed.success) hear(parsed.data);
  });
  return {
    send,
    listen: (stop, leave) => {
      onShutdown = stop;
      onDisconnect(leave);
    },
    masterKey: () => masterKey.promise,
  };
}
