import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../platform/thread-entry.ts';
import type { CatalogueTask, CatalogueTaskResult } from './checkpoint/catalogue-tasks.ts';
import type { RunCatalogueTask } from './checkpoint/checkpoint-keeper.ts';
import { type CrossedError, reviveError } from './engine-protocol.ts';

/** Given to the thread. `stop`: one word, non-zero when it should give up. */
export interface CatalogueThreadData {
  readonly task: CatalogueTask;
  readonly stop: SharedArrayBuffer;
}

export type CatalogueThreadReply =
  | { readonly ok: true; readonly result: CatalogueTaskResult }
  | { readonly ok: false; readonly error: CrossedError };

/** A check of a large catalogue gives up nowhere in between; a stop does not wait for it longer than this. */
const STOP_PATIENCE_MS = 8_000;

/** Runs each long task on catalogue files in a thread of its own; `stop` makes them give up. */
export class CatalogueTaskThreads {
  readonly #stop = new SharedArrayBuffer(4);
  readonly #running = new Set<Promise<void>>();

  readonly run: RunCatalogueTask = (task) => {
    const workerData: CatalogueThreadData = { task, stop: this.#stop };
    const worker = new Worker(threadEntry('catalogue-thread'), { workerData, name: `stowage ${task.kind}` });
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#running.add(ended);
    void ended.then(() => this.#running.delete(ended));
    return new Promise<CatalogueTaskResult>((resolve, reject) => {
      worker.on('message', (reply: CatalogueThreadReply) => {
        // Under --watch Node reports what a thread imports as messages of that thread.
        if (!('ok' in reply)) return;
        if (reply.ok) resolve(reply.result);
        else reject(reviveError(reply.error));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`the catalogue thread ended with ${code}`)));
    });
  };

  get isStopping(): boolean {
    return Atomics.load(new Int32Array(this.#stop), 0) !== 0;
  }

  /**
   * Makes the tasks give up, and resolves when their threads have ended: the database's native part ends the whole process
   * when its thread is taken away while it loads or answers.
   */
  async stop(): Promise<void> {
    Atomics.store(new Int32Array(this.#stop), 0, 1);
    await Promise.race([Promise.all(this.#running), sleep(STOP_PATIENCE_MS, undefined, { ref: false })]);
  }
}
