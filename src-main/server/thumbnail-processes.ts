import { type UtilityProcess, utilityProcess } from 'electron';
import {
  fromThumbnailProcessSchema,
  type HostEvent,
  type HostRequest,
} from '../../src-server/contract/host-channel.ts';
import { serverFile } from './server-file.ts';

export type ThumbnailOrder = Extract<HostEvent, { type: `thumbnails-${string}` }>;

/** Is this event an order about a process that makes thumbnails? */
export function isThumbnailOrder(event: HostEvent): event is ThumbnailOrder {
  return event.type.startsWith('thumbnails-');
}

/** The processes that make thumbnails for one server, which cannot start them itself. */
export class ThumbnailProcesses {
  readonly #children = new Map<number, UtilityProcess>();
  readonly #send: (request: HostRequest) => void;

  constructor(send: (request: HostRequest) => void) {
    this.#send = send;
  }

  obey(order: ThumbnailOrder): void {
    switch (order.type) {
      case 'thumbnails-start':
        this.#start(order.process);
        return;
      case 'thumbnails-tell':
        this.#children.get(order.process)?.postMessage(order.message);
        return;
      case 'thumbnails-kill':
        this.#children.get(order.process)?.kill();
        return;
    }
  }

  /** The server is gone: nobody waits for them. */
  stop(): void {
    for (const child of this.#children.values()) child.kill();
  }

  #start(process: number): void {
    const child = utilityProcess.fork(serverFile('thumbnail-process.js'), [], {
      stdio: 'ignore',
      serviceName: 'stowage thumbnails',
      execArgv: ['--max-old-space-size=128'],
      // Nothing of our own environment, which may hold keys.
      env: { MALLOC_ARENA_MAX: '2', UV_THREADPOOL_SIZE: '2' },
    });
    this.#children.set(process, child);
    child.on('message', (said: unknown) => {
      const message = fromThumbnailProcessSchema.safeParse(said);
      if (message.success) this.#send({ type: 'thumbnails-say', process, message: message.data });
    });
    child.on('exit', (exitCode) => {
      this.#children.delete(process);
      this.#send({ type: 'thumbnails-ended', process, exitCode });
    });
  }
}
