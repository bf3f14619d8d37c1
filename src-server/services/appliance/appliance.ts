import type { HistorySlice } from '../../db/derived/derived-store.ts';
import type { SampleTopic } from '../../db/derived/sample-table.ts';
import type { Tier } from '../../domain/ids.ts';
import type { HistoryRange, Sample } from '../../domain/roll-up.ts';
import type { EngineStatus } from '../../engine/engine-status.ts';
import type { Contact } from '../../observability/contacts.ts';
import type { LogTail } from '../../observability/log-tail.ts';
import type { DiskCondition } from '../../tiers/disk-set.ts';
import type { StorageTotals } from './storage-totals.ts';

/** A background job as the console shows it. Times in epoch milliseconds. */
export interface JobView {
  readonly name: string;
  readonly state: 'running' | 'resting' | 'failing' | 'stopped';
  readonly steps: number;
  readonly lastStepMs: number | undefined;
  readonly nextStepMs: number | undefined;
  readonly busySinceMs: number | undefined;
  /** Of the step that failed last, while it has not succeeded since. */
  readonly lastError: string | undefined;
  readonly facts: Readonly<Record<string, number | string>>;
}

/** Rates of the last ten seconds, as `measureBetween` names them, and what they cost. */
export interface NowFacts {
  readonly atMs: number;
  readonly values: Readonly<Record<string, number>>;
}

/** The running server as a whole: what no single request can know. The composition root gives it to the console. */
export interface Appliance {
  /** Does the catalogue answer? Asks it. */
  catalogueWorks(): Promise<boolean>;
  /** Why writes are refused; undefined in ordinary service. */
  writesRefused(): string | undefined;
  /** Why changes were refused in the last minute, though not all may be. */
  recentFailure(): string | undefined;
  /** Does no object lock end until an admin confirms the time? */
  expiriesHeld(): boolean;
  disks(): readonly DiskCondition[];
  /** Configured disks that were not there at the start. */
  readonly absentAtStart: readonly {
    readonly uuid: string;
    readonly name: string;
    readonly tier: Tier;
    readonly path: string;
    readonly reason: string;
  }[];
  /** At most some seconds old. */
  engine(): EngineStatus;
  /** Device of the data folder, where the catalogue stands; undefined where the system does not say. */
  readonly dataDevice: number | undefined;
  jobs(): readonly JobView[];
  /** Ends a job's rest; false for a name that no job has. */
  runJob(name: string): boolean;
  /** Undefined in the first seconds. */
  now(): NowFacts | undefined;
  readonly log: LogTail;
  readonly derived: DerivedReader;
}

/** History and sums; each rejects where they cannot be had. */
export interface DerivedReader {
  history(topic: SampleTopic, range: HistoryRange, nowMs: number): Promise<HistorySlice>;
  /** The newest windows of a day, oldest first. */
  days(days: number, nowMs: number): Promise<readonly Sample[]>;
  contacts(limit: number): Promise<readonly Contact[]>;
  totals(): Promise<StorageTotals>;
  /** Why nothing is kept; undefined in ordinary service. */
  failure(): string | undefined;
}
