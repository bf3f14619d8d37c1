import type { EngineHost } from '../engine/engine-host.ts';
import type { JobRunner } from '../jobs/runner.ts';
import type { LogTail } from '../observability/log-tail.ts';
import { deviceOf } from '../platform/disk-folder.ts';
import type { Appliance } from '../services/appliance/appliance.ts';
import type { AttachedDisks } from '../tiers/attach-disks.ts';
import type { AppMetrics } from './app-metrics.ts';
import { doesCatalogueWork } from './health.ts';
import { watchFailures } from './recent-failure.ts';
import type { ServiceThread } from './service-thread.ts';

export interface ApplianceParts {
  readonly engine: EngineHost;
  readonly thread: ServiceThread;
  readonly attached: AttachedDisks;
  readonly metrics: AppMetrics;
  readonly jobs: JobRunner;
  readonly logTail: LogTail;
}

/** The server as the console sees it; watches the engine from now on. */
export async function describeAppliance(parts: ApplianceParts): Promise<Omit<Appliance, 'now' | 'derived'>> {
  const { engine, thread, attached, metrics, jobs, logTail } = parts;
  const { context } = thread;
  let refusedReason = engine.start.refusedReason;
  engine.on('refused', (reason) => {
    refusedReason = reason;
  });
  return {
    catalogueWorks: () => doesCatalogueWork(context),
    writesRefused: () => refusedReason,
    recentFailure: watchFailures(engine, context.log),
    expiriesHeld: () => context.lockClock.isHeld,
    disks: () => thread.disks.conditions(),
    absentAtStart: attached.disks.filter((disk) => !disk.present),
    engine: metrics.engineStatus,
    dataDevice: await deviceOf(context.config.dataDir),
    jobs: () => jobs.status(),
    runJob: (name) => jobs.runNow(name),
    log: logTail,
  };
}
