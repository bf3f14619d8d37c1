import { once } from 'node:events';
import { type MessagePort, Worker } from 'node:worker_threads';
import type { TlsPair } from '../config/tls-pair.ts';
import type { LiveEvent } from '../contract/events.ts';
import type { TakenDenials } from '../observability/denials.ts';
import type { PublishedEvent } from '../observability/forward-events.ts';
import type { FamilySnapshot } from '../observability/metrics.ts';
import type { RequestSource } from '../observability/request-feed.ts';
import { threadEntry } from '../platform/thread-entry.ts';
import type {
  FromHttpWorker,
  HttpWorkerAnswers,
  HttpWorkerData,
  HttpWorkerQuestion,
  ToHttpWorker,
} from './http-worker-protocol.ts';
import type { ServiceSeed } from './service-thread.ts';

export interface HttpThreadsOptions {
  /** Besides the main thread. */
  readonly count: number;
  readonly port: number;
  readonly tls: TlsPair | undefined;
  /** A seed with ports of its own for each thread. */
  seed(): ServiceSeed;
  /** A thread died: its connections are cut, answered writes are safe. The process should stop. */
  onDeath(error: Error): void;
  /** A line that a thread wrote to the log, as JSON. */
  onLogLine(line: string): void;
  /** What happened on a thread: who watches is on this one. */
  onEvents(events: readonly PublishedEvent<LiveEvent>[]): void;
  /** Requests that a thread refused. */
  onDenials(taken: TakenDenials): void;
}

/** HTTP threads beyond the first. */
export interface HttpThreads {
  reloadTls(tls: TlsPair): void;
  metrics(): Promise<readonly (readonly FamilySnapshot[])[]>;
  /** The requests that each thread answered. */
  readonly requests: readonly RequestSource[];
  close(graceMs: number): Promise<void>;
}

/** Starts the threads and resolves when all of them listen. */
export async function startHttpThreads(options: HttpThreadsOptions): Promise<HttpThreads> {
  const threads = Array.from({ length: options.count }, (_, index) => new HttpThread(options, index + 1));
  await Promise.all(threads.map((thread) => thread.listening));
  return {
    reloadTls: (tls) => {
      for (const thread of threads) thread.send({ kind: 'reload-tls', tls });
    },
    metrics: () => Promise.all(threads.map((thread) => thread.ask('metrics', { about: 'metrics' }, []))),
    requests: threads.map(requestSource),
    close: async (graceMs) => {
      await Promise.all(threads.map((thread) => thread.close(graceMs)));
    },
  };
}

function requestSource(thread: HttpThread): RequestSource {
  return {
    after: (after) =>
      thread.ask('requests', { about: 'requests', after }, { requests: [], lastSequence: after, missed: 0 }),
    takeContacts: async () => [...(await thread.ask('contacts', { about: 'contacts' }, []))],
  };
}

type Answer = HttpWorkerAnswers[keyof HttpWorkerAnswers];

class HttpThread {
  readonly listening: Promise<void>;
  readonly #worker: Worker;
  readonly #asked = new Map<number, (answer: Answer | undefined) => void>();
  #lastTicket = 0;
  #closing = false;

  constructor(options: HttpThreadsOptions, index: number) {
    const seed = options.seed();
    const workerData: HttpWorkerData = { seed, port: options.port, tls: options.tls };
    const transferList: MessagePort[] = [seed.enginePort, ...seed.ioPorts];
    this.#worker = new Worker(threadEntry('http-thread'), { name: `http-${index}`, workerData, transferList });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.listening = promise;
    this.#worker.on('message', (message: FromHttpWorker) => {
      if (message.kind === 'listening') resolve();
      if (message.kind === 'answer') this.#answer(message.ticket, message.answer);
      if (message.kind === 'events') options.onEvents(message.events);
      if (message.kind === 'denials') options.onDenials(message.taken);
      if (message.kind === 'log-line') options.onLogLine(message.line);
    });
    this.#worker.on('error', (error) => {
      const cause = error instanceof Error ? error : new Error(String(error));
      reject(cause);
      options.onDeath(cause);
    });
    this.#worker.on('exit', (code) => {
      for (const ticket of this.#asked.keys()) this.#answer(ticket, undefined);
      if (!this.#closing) options.onDeath(new Error(`HTTP thread ${index} ended with code ${code}`));
    });
  }

  send(message: ToHttpWorker): void {
    this.#worker.postMessage(message);
  }

  /** Answers `none` where the thread ended before it could. */
  ask<A extends keyof HttpWorkerAnswers>(
    _about: A,
    question: HttpWorkerQuestion & { readonly about: A },
    none: HttpWorkerAnswers[A],
  ): Promise<HttpWorkerAnswers[A]> {
    this.#lastTicket += 1;
    const ticket = this.#lastTicket;
    return new Promise((resolve) => {
      // The thread answers a question of this kind with an answer of this kind: `http-thread.ts`.
      this.#asked.set(ticket, (answer) => resolve((answer as HttpWorkerAnswers[A] | undefined) ?? none));
      this.send({ kind: 'ask', ticket, question });
    });
  }

  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    const exited = once(this.#worker, 'exit');
    this.send({ kind: 'close', graceMs });
    await exited;
  }

  #answer(ticket: number, answer: Answer | undefined): void {
    this.#asked.get(ticket)?.(answer);
    this.#asked.delete(ticket);
  }
}
