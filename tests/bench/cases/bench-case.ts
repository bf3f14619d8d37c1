import type { HostLimits } from '../host/host-limits.ts';
import type { BenchOptions } from '../options.ts';
import type { ProcessUse } from '../server/process-facts.ts';
import type { ServerUnderTest } from '../server/server-under-test.ts';

/** One of DESIGN §9's targets held against what was measured. */
export interface Verdict {
  readonly text: string;
  /** `ratio` decides (it holds on any host); `absolute` is for a quiet reference host. */
  readonly kind: 'ratio' | 'absolute';
  readonly measured: number;
  readonly wanted: number;
  readonly met: boolean;
}

export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: 'op/s' | 'MB/s' | 'ms' | 's' | 'MiB';
  readonly connections?: number;
  readonly operations?: number;
  readonly p50Ms?: number;
  readonly p99Ms?: number;
  readonly server?: ProcessUse | undefined;
  readonly generatorCores?: number;
  /** Cores that neither the server nor the generator kept busy: noise in every other figure of this case. */
  readonly otherCores?: number | undefined;
  readonly problems?: readonly string[];
  readonly problemCount?: number;
  readonly verdicts?: readonly Verdict[];
  /** Why this case's target was not judged: it ran under other terms than the target names. */
  readonly notJudged?: string | undefined;
  readonly notes?: readonly string[];
}

export interface CaseContext {
  readonly options: BenchOptions;
  readonly limits: HostLimits;
  /** The server that the load cases share; started at first use. `bucket` is new and empty. */
  shared(): Promise<{ readonly server: ServerUnderTest; readonly bucket: string }>;
  /** A server with a fresh data directory and one new bucket; the case disposes it. */
  fresh(): Promise<{ readonly server: ServerUnderTest; readonly bucket: string }>;
  /** Says what takes long, on stderr. */
  say(text: string): void;
  report(measurement: Measurement): void;
}

/** A named piece of the bench. `names` are the measurements it reports. */
export interface BenchCase {
  readonly names: readonly string[];
  /** Looks into the server's process or files: skipped for another endpoint. */
  readonly ownServerOnly?: boolean;
  run(context: CaseContext, wanted: (name: string) => boolean): Promise<void>;
}
