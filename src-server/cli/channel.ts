import { type HostEvent, type HostRequest, hostRequestSchema } from '../contract/host-channel.ts';
import { assertNever } from '../domain/assert-never.ts';
import type { StartThumbnailChild } from '../services/thumbnails/thumbnail-child.ts';
import { HostThumbnails } from './host-thumbnails.ts';

export interface Channel {
  send(event: HostEvent): void;
  /** `disconnected`: the host is gone, so this process should go as well. */
  listen(onShutdown: (graceMs: number) => void, onDisconnect: () => void): void;
  /** The next master key that the host sends. Never settles without one. */
  masterKey(): Promise<Buffer>;
  /** Where the host starts what this process cannot. */
  readonly startThumbnailChild?: StartThumbnailChild;
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
    const send = (event: HostEvent): void => parentPort.postMessage(event);
    return talk({ send, onMessage, onDisconnect: () => undefined }, new HostThumbnails(send));
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
function talk({ send, onMessage, onDisconnect }: Wire, thumbnails?: HostThumbnails): Channel {
  const masterKey = Promise.withResolvers<Buffer>();
  let onShutdown: ((graceMs: number) => void) | undefined;
  const hear = (request: HostRequest): void => {
    switch (request.type) {
      case 'ping':
        send({ type: 'pong' });
        return;
      case 'shutdown':
        onShutdown?.(request.graceMs);
        return;
      case 'master-key':
        masterKey.resolve(Buffer.from(request.key, 'hex'));
        return;
      case 'thumbnails-say':
      case 'thumbnails-ended':
        thumbnails?.hear(request);
        return;
      default:
        assertNever(request);
    }
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
    ...(thumbnails === undefined ? {} : { startThumbnailChild: thumbnails.start }),
  };
}
