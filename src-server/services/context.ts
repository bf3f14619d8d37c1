import type { Config } from '../config/schema.ts';
import type { LiveEvent } from '../contract/events.ts';
import type { ReadTx } from '../db/tx.ts';
import type { EpochMs } from '../domain/ids.ts';
import type { CommitEngine } from '../engine/commit-engine.ts';
import type { DenialCounter } from '../observability/denials.ts';
import type { EventHub } from '../observability/event-hub.ts';
import type { Logger } from '../observability/logger.ts';
import type { RequestFeed } from '../observability/request-feed.ts';
import type { LockClock } from '../platform/lock-clock.ts';
import type { BodyStore } from '../storage/body-store.ts';
import type { KeyRing } from '../storage/key-ring.ts';
import type { RequestLimits } from './limits/request-limits.ts';
import type { StartThumbnailChild } from './thumbnails/thumbnail-child.ts';
import type { FolderViews } from './views/view-client.ts';

/** Read side of the catalogue on this thread. */
export interface Catalogue {
  /** Runs `read` on one consistent snapshot. `read` awaits nothing but its `tx`. */
  read<T>(read: (tx: ReadTx) => Promise<T>): Promise<T>;
  /** Rises with every commit that changed keys, users or bucket settings; caches compare it (LOG.md 13). */
  generation(): number;
}

/** What every service function gets: ports only, built once by `app.ts` for each thread. */
export interface ServiceContext {
  readonly config: Config;
  readonly catalogue: Catalogue;
  readonly engine: CommitEngine;
  readonly bodies: BodyStore;
  readonly keys: KeyRing;
  /** What happens, as it happens, for those who watch. */
  readonly events: EventHub<LiveEvent>;
  /** The S3 requests that were just answered; on the main thread of all threads, elsewhere of none. */
  readonly requests: RequestFeed;
  /** The refused requests of this thread, for the audit trail. */
  readonly denials: DenialCounter;
  /** Folders and searches, looked through on another thread. */
  readonly views: FolderViews;
  /** Where another process must start the one that makes thumbnails. */
  readonly startThumbnailChild?: StartThumbnailChild | undefined;
  /** Undefined where no limit is on. */
  readonly limits?: RequestLimits | undefined;
  readonly log: Logger;
  now(): EpochMs;
  /** By which locks end. No wall clock moves it. */
  readonly lockClock: LockClock;
}
