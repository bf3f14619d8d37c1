import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { SHARED_WORDS, SqliteCatalogue } from '../db/sqlite/sqlite-catalogue.ts';
import { crossError } from '../engine/engine-protocol.ts';
import type { ViewQuestion, ViewReply, ViewThreadData } from '../services/views/view-client.ts';
import { ViewServer } from '../services/views/view-server.ts';

/*
 * Looks through folders for the console, with a read-only connection of its own: sorting or searching a million keys must hold
 * up neither requests nor commits.
 */

const TIDY_EVERY_MS = 60_000;

// Given by `createFolderViews`.
const { cataloguePath, generation } = workerData as ViewThreadData;
const shared = new BigUint64Array(generation);
const catalogue = new SqliteCatalogue({ path: cataloguePath, generation });
const server = new ViewServer({
  read: (step) => catalogue.read(step),
  commits: () => Atomics.load(shared, SHARED_WORDS.commits),
  now: () => Date.now(),
  pause: () => setImmediate(),
});
setInterval(() => server.tidy(), TIDY_EVERY_MS);

parentPort?.on('message', (question: ViewQuestion) => void answer(question));

async function answer({ number, request }: ViewQuestion): Promise<void> {
  let reply: ViewReply;
  try {
    reply = { number, page: await server.page(request) };
  } catch (error) {
    reply = { number, error: crossError(error) };
  }
  parentPort?.postMessage(reply);
}
