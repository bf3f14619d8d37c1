import {
  HISTORY_LEVELS,
  HISTORY_RANGES,
  type HistoryRange,
  rollUp,
  type Sample,
  windowOf,
} from '../../domain/roll-up.ts';
import type { Contact } from '../../observability/contacts.ts';
import type { SqliteDatabase } from '../sqlite/open-database.ts';
import { openSideDatabase } from '../sqlite/open-side-database.ts';
import { ContactTable } from './contact-table.ts';
import { SampleTable, type SampleTopic } from './sample-table.ts';
import { DERIVED_SCHEMA, DERIVED_VERSION } from './schema.ts';

/** Samples of the finest level wait in memory so long: one write a minute, not six. */
const FLUSH_SAMPLES = 6;
const FINEST = { server: 0, buckets: 1 } as const satisfies Record<SampleTopic, number>;
const DAY_MS = 86_400_000;

/** A stretch of history for a chart: steps that were not measured are missing. */
export interface HistorySlice {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly stepMs: number;
  readonly samples: readonly Sample[];
}

/** What the server remembers of itself, in `derived.db`. One owner; every method is short. */
export class DerivedStore {
  readonly #db: SqliteDatabase;
  readonly #samples: SampleTable;
  readonly #contacts: ContactTable;
  #waiting: Sample[] = [];
  /** Why the one that was there could not be used. */
  readonly putAside: string | undefined;

  /** Throws where no database can be made there. */
  constructor(path: string) {
    const { db, putAside } = openSideDatabase(path, DERIVED_SCHEMA, DERIVED_VERSION);
    this.#db = db;
    this.putAside = putAside;
    this.#samples = new SampleTable(db);
    this.#contacts = new ContactTable(db);
    // A window that the last process left open.
    for (const topic of ['server', 'buckets'] as const) {
      const newestMs = this.#samples.newestMs(topic, FINEST[topic]);
      if (newestMs !== undefined) this.#inOne(() => this.#roll(topic, newestMs));
    }
  }

  /** Takes a sample of the server; its time is a multiple of ten seconds and later than the last one's. */
  addSample(sample: Sample): void {
    this.#waiting.push(sample);
    if (this.#waiting.length >= FLUSH_SAMPLES) this.flush();
  }

  /** Takes what the buckets hold, every five minutes. */
  addBuckets(sample: Sample): void {
    this.#inOne(() => {
      this.#samples.put('buckets', FINEST.buckets, sample);
      this.#roll('buckets', sample.atMs);
    });
  }

  addContacts(contacts: readonly Contact[]): void {
    if (contacts.length > 0) this.#inOne(() => this.#contacts.add(contacts));
  }

  contacts(limit: number): Contact[] {
    return this.#contacts.list(limit);
  }

  /** Writes what waits, and brings the windows that are still open up to date. */
  flush(): void {
    const waiting = this.#waiting.splice(0);
    if (waiting.length === 0) return;
    this.#inOne(() => {
      for (const sample of waiting) this.#samples.put('server', FINEST.server, sample);
      const windows = new Set(waiting.map(({ atMs }) => windowOf(atMs, HISTORY_LEVELS[1].stepMs)));
      for (const startMs of windows) this.#roll('server', startMs);
    });
  }

  /** The range that ends now, in its own steps. */
  history(topic: SampleTopic, range: HistoryRange, nowMs: number): HistorySlice {
    this.flush();
    const { spanMs, stepMs, level } = HISTORY_RANGES[range];
    const at = Math.max(level, FINEST[topic]);
    const step = Math.max(stepMs, HISTORY_LEVELS[at]?.stepMs ?? 0);
    const untilMs = windowOf(nowMs, step) + step;
    const fromMs = windowOf(nowMs - spanMs, step) + step;
    const samples = this.#samples.read(topic, at, fromMs, untilMs);
    return { fromMs, untilMs, stepMs: step, samples: rollUp(samples, step) };
  }

  /** The newest `days` windows of a day of the server, oldest first. */
  days(days: number, nowMs: number): Sample[] {
    this.flush();
    return this.#samples.read('server', 3, windowOf(nowMs, DAY_MS) - days * DAY_MS, nowMs + DAY_MS);
  }

  close(): void {
    this.flush();
    this.#db.close();
  }

  /** Makes the windows in which `atMs` lies anew, level by level, and forgets what is too old. */
  #roll(topic: SampleTopic, atMs: number): void {
    for (const [level, { stepMs, keepMs }] of HISTORY_LEVELS.entries()) {
      this.#samples.prune(topic, level, atMs - keepMs);
      if (level <= FINEST[topic]) continue;
      const startMs = windowOf(atMs, stepMs);
      const [window] = rollUp(this.#samples.read(topic, level - 1, startMs, startMs + stepMs), stepMs);
      if (window !== undefined) this.#samples.put(topic, level, window);
    }
  }

  #inOne(work: () => void): void {
    this.#db.transaction(work)();
  }
}
