import type { Config } from '../config/schema.ts';
import type { EngineHost } from '../engine/engine-host.ts';
import { CompactionJob } from '../jobs/compaction/compaction-job.ts';
import { EmptyBinsJob } from '../jobs/empty-bins/empty-bins-job.ts';
import { ForgetSessionsJob } from '../jobs/forget-sessions/forget-sessions-job.ts';
import { GarbageCollectionJob } from '../jobs/garbage-collection/garbage-collection-job.ts';
import { LockClockJob } from '../jobs/lock-clock/lock-clock-job.ts';
import { OperationsJob } from '../jobs/operations/operations-job.ts';
import { ReleaseSegmentsJob } from '../jobs/release-segments/release-segments-job.ts';
import { JobRunner } from '../jobs/runner.ts';
import { nodeFileSystem } from '../platform/fs-port.ts';
import type { LockClockKeeper } from '../services/locks/lock-clock-keeper.ts';
import type { DebugLimits } from './debug-limits.ts';
import type { ServiceThread } from './service-thread.ts';

/** A read may still need what was named a moment ago, so no setting goes below this (DURABILITY 2.5); tests may. */
const GRACE_MS_MIN = 600_000;

function graceMsOf({ garbageGraceSeconds, debug }: Config): number {
  return Math.max(debug ? 0 : GRACE_MS_MIN, garbageGraceSeconds * 1_000);
}

/** Starts the background jobs of this version. `stop` of the answer drains them. */
export function startJobs(
  engine: EngineHost,
  { context, bodies, disks, pins }: ServiceThread,
  lockClock: LockClockKeeper,
  limits: DebugLimits | undefined,
): JobRunner {
  const { catalogue, log, now, config } = context;
  const deps = {
    catalogue,
    engine: context.engine,
    disks,
    pins,
    fs: nodeFileSystem,
    log,
    now,
    untilLogSynced: () => engine.syncLog(),
  };
  const drain = limits?.readersDrainMs === undefined ? {} : { readersDrainMs: limits.readersDrainMs };
  const runner = new JobRunner(log, limits?.jobRestMs);
  runner.start(new GarbageCollectionJob({ ...deps, graceMs: graceMsOf(config) }));
  runner.start(new CompactionJob({ ...deps, appender: bodies.appender, ...drain }));
  runner.start(new ReleaseSegmentsJob(engine));
  runner.start(new EmptyBinsJob(context));
  runner.start(new ForgetSessionsJob(context));
  runner.start(new LockClockJob(lockClock, context.lockClock));
  const operations = new OperationsJob(context);
  runner.start(operations);
  context.events.subscribe((event) => {
    if (event.kind === 'operation' && event.state === 'queued') runner.runNow(operations.name);
  });
  return runner;
}
