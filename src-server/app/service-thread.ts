import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { Config } from '../config/schema.ts';
import { SqliteCatalogue } from '../db/sqlite/sqlite-catalogue.ts';
import type { EpochMs } from '../domain/ids.ts';
import { connectEngine } from '../engine/engine-client.ts';
import { CATALOGUE_FILE } from '../engine/engine-options.ts';
import { DenialCounter } from '../observability/denials.ts';
import { createEventHub } from '../observability/event-hub.ts';
import type { Logger } from '../observability/logger.ts';
import { createRequestFeed, type OwnedRequestFeed } from '../observability/request-feed.ts';
import { LockClock } from '../platform/lock-clock.ts';
import { RateTable } from '../platform/rate-table.ts';
import type { ServiceContext } from '../services/context.ts';
import { createRequestLimits } from '../services/limits/request-limits.ts';
import { createFolderViews } from '../services/views/view-client.ts';
import { createBodyStore, type ThreadBodyStore } from '../storage/create-body-store.ts';
import { createKeyRing } from '../storage/create-key-ring.ts';
import { ReaderPins } from '../storage/reader-pins.ts';
import { DiskSet, type DiskSetState } from '../tiers/disk-set.ts';
import { watchDisks } from '../tiers/watch-disks.ts';

/** What a thread needs to serve: crosses threads by structured clone, its ports by transfer. */
export interface ServiceSeed {
  readonly config: Config;
  readonly generation: SharedArrayBuffer;
  readonly enginePort: MessagePort;
  readonly ioPorts: readonly MessagePort[];
  readonly disks: DiskSetState;
  readonly pins: SharedArrayBuffer;
  /** Of the rates that all threads keep together. */
  readonly rates: SharedArrayBuffer;
  readonly installTag: Uint8Array;
  readonly masterKey: Uint8Array;
  /** Of the process's clock of locks. */
  readonly lockClock: SharedArrayBuffer;
}

/** Everything of one HTTP thread below its listener. */
export interface ServiceThread {
  readonly context: ServiceContext;
  readonly bodies: ThreadBodyStore;
  readonly disks: DiskSet;
  readonly pins: ReaderPins;
  /** The context's; who knows the threads adds them. */
  readonly requests: OwnedRequestFeed;
  close(): void;
}

/** Builds a thread's own adapters: read-only connection, engine client, body store, disk facts. */
export function openServiceThread(seed: ServiceSeed, log: Logger): ServiceThread {
  const { config } = seed;
  const disks = new DiskSet(seed.disks, log);
  const watch = watchDisks(disks);
  const pins = new ReaderPins(seed.pins);
  const requests = createRequestFeed();
  const cataloguePath = join(config.dataDir, CATALOGUE_FILE);
  const catalogue = new SqliteCatalogue({ path: cataloguePath, generation: seed.generation });
  const views = createFolderViews({ cataloguePath, generation: seed.generation });
  const engine = connectEngine(seed.enginePort);
  const bodies = createBodyStore({
    ports: seed.ioPorts,
    placer: disks,
    pins,
    installTag: seed.installTag,
    httpThreads: config.threads.http,
    onSegmentSealed: (name) => {
      // Bookkeeping for compaction: when it fails the segment is sealed at the next start.
      engine
        .submit('seal-segments', { names: [name] })
        .catch((error: unknown) => log.warn({ err: error }, 'segment not sealed'));
    },
  });
  return {
    context: {
      config,
      catalogue,
      engine,
      bodies,
      keys: createKeyRing(seed.masterKey),
      events: createEventHub(),
      requests,
      denials: new DenialCounter(),
      views,
      limits: createRequestLimits(config.limits, () => new RateTable(seed.rates)),
      log,
      now: () => Date.now() as EpochMs,
      lockClock: new LockClock(seed.lockClock),
    },
    bodies,
    disks,
    pins,
    requests,
    close: () => {
      requests.close();
      watch.stop();
      views.close();
      bodies.close();
      seed.enginePort.close();
      catalogue.close();
    },
  };
}
