import { Worker } from 'node:worker_threads';
import type { Logger } from '../../observability/logger.ts';
import { threadEntry } from '../../platform/thread-entry.ts';
import type { DerivedCalls, DerivedReply, DerivedRequest, DerivedThreadData } from './derived-protocol.ts';

/** The file that may be deleted while the server is stopped: history, contacts. */
export const DERIVED_FILE = 'derived.db';

/** It works for some milliseconds every ten seconds: room for young objects it would only hold on to. */
const YOUNG_MB = 2;

/** The thread that keeps `derived.db`, asked from the main thread. */
export interface DerivedClient {
  /** Rejects where the thread is gone or the call failed: history is off, the server is not. */
  call<N extends keyof DerivedCalls>(name: N, input: DerivedCalls[N]['input']): Promise<DerivedCalls[N]['output']>;
  /** Why nothing is kept; undefined in ordinary service. */
  failure(): string | undefined;
  close(): Promise<void>;
}

interface Waiting {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/** Starts the thread. Never throws and never waits: what needs it hears of its failure. */
export function openDerived(data: DerivedThreadData, log: Logger): DerivedClient {
  const worker = new Worker(threadEntry('derived-thread'), {
    workerData: data,
    name: 'stowage derived',
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const waiting = new Map<number, Waiting>();
  let lastTicket = 0;
  let failure: string | undefined;
  let isClosing = false;
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const fail = (reason: string): void => {
    if (!isClosing && failure === undefined) log.warn({ reason }, 'history is not kept until the next start');
    failure ??= reason;
    for (const call of waiting.values()) call.reject(new Error(reason));
    waiting.clear();
  };
  worker.on('message', (reply: DerivedReply) => {
    if (reply.kind === 'opened') {
      if (reply.putAside !== undefined)
        log.warn({ reason: reply.putAside }, 'history begins anew; the old file is beside');
      return;
    }
    const call = waiting.get(reply.ticket);
    waiting.delete(reply.ticket);
    if (reply.kind === 'done') call?.resolve(reply.output);
    else call?.reject(new Error(reply.message));
  });
  worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
  worker.on('exit', () => fail('its thread ended'));
  const call: DerivedClient['call'] = (name, input) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(new Error(failure));
      lastTicket += 1;
      // The thread answers a call of this name with the output of this name.
      waiting.set(lastTicket, { resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage({ ticket: lastTicket, name, input } satisfies DerivedRequest);
    });
  return {
    call,
    failure: () => failure,
    close: async () => {
      isClosing = true;
      await call('close', undefined).catch(() => undefined);
      await exited;
    },
  };
}
