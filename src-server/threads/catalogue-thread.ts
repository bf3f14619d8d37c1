import { parentPort, workerData } from 'node:worker_threads';
import type { CatalogueThreadData, CatalogueThreadReply } from '../engine/catalogue-task-thread.ts';
import { runCatalogueTask } from '../engine/checkpoint/catalogue-tasks.ts';
import { crossError } from '../engine/engine-protocol.ts';

/** Long work on catalogue files, beside the commit thread: copying, checking. One task, then the thread ends. */
function main(): void {
  // Given by `CatalogueTaskThreads.run`.
  const { task, stop } = workerData as CatalogueThreadData;
  const word = new Int32Array(stop);
  let reply: CatalogueThreadReply;
  try {
    const mayGoOn = (): boolean => Atomics.load(word, 0) === 0;
    if (!mayGoOn()) throw new Error('the engine stops');
    reply = { ok: true, result: runCatalogueTask(task, mayGoOn) };
  } catch (error) {
    reply = { ok: false, error: crossError(error) };
  }
  parentPort?.postMessage(reply);
}

main();
