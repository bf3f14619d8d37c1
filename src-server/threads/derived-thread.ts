import { parentPort, workerData } from 'node:worker_threads';
import type {
  DerivedCalls,
  DerivedReply,
  DerivedRequest,
  DerivedThreadData,
} from '../app/telemetry/derived-protocol.ts';
import { DerivedStore } from '../db/derived/derived-store.ts';
import { SqliteCatalogue } from '../db/sqlite/sqlite-catalogue.ts';
import { readStorageTotals, type StorageTotals } from '../services/appliance/storage-totals.ts';

/*
 * Owner of `derived.db`, and reader of what takes long: history and sums, beside the threads that serve and commit.
 */

const CATALOGUE_CACHE_BYTES = 2 * 1024 * 1024;
/** Sums are made anew no sooner, and then take at most a twentieth of the time. */
const TOTALS_REST_MS = 2_000;
const TOTALS_REST_FACTOR = 20;

const port = parentPort;
if (port === null) throw new Error('derived-thread runs as a worker');
// Only `openDerived` starts this file.
const { path, cataloguePath, generation } = workerData as DerivedThreadData;
const store = new DerivedStore(path);
const catalogue = new SqliteCatalogue({ path: cataloguePath, generation, cacheBytes: CATALOGUE_CACHE_BYTES });
let newest: { readonly totals: StorageTotals; readonly staleMs: number } | undefined;

async function totals(): Promise<StorageTotals> {
  const startedMs = performance.now();
  if (newest !== undefined && startedMs < newest.staleMs) return newest.totals;
  const found = await readStorageTotals(catalogue);
  const endedMs = performance.now();
  newest = { totals: found, staleMs: endedMs + TOTALS_REST_MS + (endedMs - startedMs) * TOTALS_REST_FACTOR };
  return found;
}

type Handlers = {
  [N in keyof DerivedCalls]: (
    input: DerivedCalls[N]['input'],
  ) => DerivedCalls[N]['output'] | Promise<DerivedCalls[N]['output']>;
};

const handlers: Handlers = {
  'add-sample': (sample) => void store.addSample(sample),
  'add-buckets': (sample) => void store.addBuckets(sample),
  'add-contacts': (contacts) => void store.addContacts(contacts),
  history: ({ topic, range, nowMs }) => store.history(topic, range, nowMs),
  days: ({ days, nowMs }) => store.days(days, nowMs),
  contacts: ({ limit }) => store.contacts(limit),
  totals,
  close: () => {
    catalogue.close();
    store.close();
  },
};

function send(reply: DerivedReply): void {
  port?.postMessage(reply);
}

async function serve({ ticket, name, input }: DerivedRequest): Promise<void> {
  try {
    // `DerivedClient` pairs each name with its input.
    const handler = handlers[name] as (input: unknown) => unknown;
    send({ kind: 'done', ticket, output: await handler(input) });
  } catch (error) {
    send({ kind: 'failed', ticket, message: error instanceof Error ? error.message : String(error) });
  }
  if (name === 'close') port?.close();
}

port.on('message', (request: DerivedRequest) => void serve(request));
send({ kind: 'opened', putAside: store.putAside });
