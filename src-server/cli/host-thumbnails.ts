import type { HostEvent, HostRequest, ToThumbnailProcess } from '../contract/host-channel.ts';
import type { StartThumbnailChild, ThumbnailChildListener } from '../services/thumbnails/thumbnail-child.ts';

/** Processes that make thumbnails, started by the host of this one, which is Electron's and can start none. */
export class HostThumbnails {
  readonly #send: (event: HostEvent) => void;
  readonly #listeners = new Map<number, ThumbnailChildListener>();
  #lastProcess = 0;

  constructor(send: (event: HostEvent) => void) {
    this.#send = send;
  }

  readonly start: StartThumbnailChild = (listener) => {
    this.#lastProcess += 1;
    const process = this.#lastProcess;
    this.#listeners.set(process, listener);
    this.#send({ type: 'thumbnails-start', process });
    return {
      tell: async (message) => {
        const isThere = this.#listeners.has(process);
        if (isThere) this.#send({ type: 'thumbnails-tell', process, message: owned(message) });
        return isThere;
      },
      kill: () => this.#send({ type: 'thumbnails-kill', process }),
      // The port to the host keeps this process up in any case.
      hold: () => undefined,
    };
  };

  hear(request: Extract<HostRequest, { type: `thumbnails-${string}` }>): void {
    const listener = this.#listeners.get(request.process);
    if (request.type === 'thumbnails-say') {
      listener?.onMessage(request.message);
      return;
    }
    this.#listeners.delete(request.process);
    listener?.onExit({ exitCode: request.exitCode });
  }
}

/** Bodies come in memory that threads share, which does not cross to another process. */
function owned(message: ToThumbnailProcess): ToThumbnailProcess {
  return message.kind === 'bytes' ? { kind: 'bytes', bytes: Uint8Array.from(message.bytes) } : message;
}
