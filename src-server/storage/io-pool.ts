import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { threadEntry } from '../platform/thread-entry.ts';
import type { ConnectMessage } from './io-protocol.ts';

/** The process's I/O workers. Made by the main thread; other threads get ports by `connect`. */
export interface IoPool {
  /** One port to each worker, for one HTTP thread's `createBodyStore`; transferable. */
  connect(): MessagePort[];
  /** Ends the workers. What they had under way fails. */
  close(): Promise<void>;
}

export interface IoPoolOptions {
  /** At most one per core. */
  readonly workers: number;
  /** Eight bytes that stand in the headers of what this install writes (`installTagOf`). */
  readonly installTag: Uint8Array;
  /** Length at which a segment ends; `SEGMENT_BYTES_MAX` unless a test wants many of them. */
  readonly segmentBytes?: number | undefined;
  /** A worker died: bodies under way are lost, answered ones are not. The process should stop. */
  onDeath(error: Error): void;
}

/** Starts the workers. */
export function createIoPool(options: IoPoolOptions): IoPool {
  let closing = false;
  const workers = Array.from({ length: options.workers }, (_, index) => {
    const worker = new Worker(threadEntry('io-worker'), {
      name: `io-${index}`,
      workerData: { installTag: options.installTag, segmentBytes: options.segmentBytes },
    });
    worker.on('error', (error) => options.onDeath(error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => {
      if (!closing) options.onDeath(new Error(`I/O worker ${index} ended with code ${code}`));
    });
    worker.unref();
    return worker;
  });
  return {
    connect: () =>
      workers.map((worker) => {
        const { port1, port2 } = new MessageChannel();
        const message: ConnectMessage = { kind: 'connect', port: port2 };
        worker.postMessage(message, [port2]);
        return port1;
      }),
    close: async () => {
      closing = true;
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
