import { Worker } from 'node:worker_threads';
import { type CrossedError, reviveError } from '../../engine/engine-protocol.ts';
import { threadEntry } from '../../platform/thread-entry.ts';
import type { PageRequest, ViewPage } from './view-spec.ts';

/** Pages of views, made on another thread. */
export interface FolderViews {
  page(request: PageRequest): Promise<ViewPage>;
  /** Ends the thread; pages under way are refused. */
  close(): void;
}

/** Given to the thread. */
export interface ViewThreadData {
  readonly cataloguePath: string;
  readonly generation: SharedArrayBuffer;
}

export interface ViewQuestion {
  readonly number: number;
  readonly request: PageRequest;
}

export type ViewReply =
  | { readonly number: number; readonly page: ViewPage }
  | { readonly number: number; readonly error: CrossedError };

const IDLE_MS = 600_000;

interface Waiting {
  resolve(page: ViewPage): void;
  reject(error: Error): void;
}

/** Starts the thread with the first page, ends it ten minutes after the last. A thread that died is started anew. */
export function createFolderViews(data: ViewThreadData): FolderViews {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let lastNumber = 0;

  const end = (reason: string): void => {
    clearTimeout(idle);
    void worker?.terminate();
    worker = undefined;
    for (const one of waiting.values()) one.reject(new Error(reason));
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(threadEntry('view-thread'), { workerData: data, name: 'stowage views' });
    started.unref();
    started.on('message', (reply: ViewReply) => {
      const one = waiting.get(reply.number);
      waiting.delete(reply.number);
      if ('page' in reply) one?.resolve(reply.page);
      else one?.reject(reviveError(reply.error));
    });
    started.on('error', (error) => worker === started && end(`the thread of views failed: ${error}`));
    started.on('exit', () => worker === started && end('the thread of views ended'));
    return started;
  };
  return {
    page: (request) => {
      worker ??= start();
      clearTimeout(idle);
      idle = setTimeout(() => end('idle'), IDLE_MS);
      idle.unref();
      lastNumber += 1;
      const number = lastNumber;
      const question: ViewQuestion = { number, request };
      worker.postMessage(question);
      return new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
    },
    close: () => end('the server stops'),
  };
}
