import { Worker } from 'node:worker_threads';
import { threadEntry } from '../platform/thread-entry.ts';
import { type CrossedError, reviveError } from './engine-protocol.ts';

export interface SyncRequest {
  readonly number: number;
  readonly fd: number;
}

export interface SyncReply {
  readonly number: number;
  readonly error: CrossedError | undefined;
}

/**
 * Syncs descriptors of this process in a thread of its own, so that a slow disk delays neither commits nor the reads that
 * share Node's thread pool (LOG.md 12). Starts with the first sync.
 */
export class SyncThread {
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  #worker: Worker | undefined;
  #next = 0;

  readonly sync = (fd: number): Promise<void> => {
    const number = this.#next;
    this.#next += 1;
    return new Promise<void>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      const request: SyncRequest = { number, fd };
      this.#thread().postMessage(request);
    });
  };

  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  #thread(): Worker {
    this.#worker ??= this.#start();
    return this.#worker;
  }

  #start(): Worker {
    const worker = new Worker(threadEntry('log-sync-thread'), { name: 'stowage log sync' });
    worker.on('message', (reply: SyncReply) => {
      const waiting = this.#waiting.get(reply.number);
      this.#waiting.delete(reply.number);
      if (reply.error === undefined) waiting?.resolve();
      else waiting?.reject(reviveError(reply.error));
    });
    const failAll = (error: Error): void => {
      for (const waiting of this.#waiting.values()) waiting.reject(error);
      this.#waiting.clear();
      this.#worker = undefined;
    };
    worker.on('error', failAll);
    worker.on('exit', () => failAll(new Error('the log sync thread ended')));
    worker.unref();
    return worker;
  }
}
