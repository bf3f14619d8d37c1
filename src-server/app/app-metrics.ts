import { BATCH_SIZE_BOUNDS } from '../engine/core/engine-metrics.ts';
import type { EngineHost } from '../engine/engine-host.ts';
import type { EngineStatus } from '../engine/engine-status.ts';
import { registerEngineMetrics } from '../observability/engine-metrics.ts';
import { createMetricsRegistry, type FamilySnapshot, type MetricsRegistry } from '../observability/metrics.ts';
import { registerProcessGauges } from '../observability/process-gauges.ts';
import { registerStorageGauges } from '../observability/storage-gauges.ts';
import type { DiskSet } from '../tiers/disk-set.ts';
import type { HttpThreads } from './http-threads.ts';

export interface AppMetrics {
  readonly registry: MetricsRegistry;
  /** As the engine said when somebody last asked for a snapshot. */
  engineStatus(): EngineStatus;
  /** One snapshot a thread. */
  snapshots(threads: HttpThreads | undefined): Promise<readonly (readonly FamilySnapshot[])[]>;
}

/** The process's metrics: what this thread counts, and what the engine answers when somebody asks. */
export async function createAppMetrics(engine: EngineHost, disks: DiskSet, version: string): Promise<AppMetrics> {
  const registry = createMetricsRegistry();
  let status: EngineStatus = await engine.status();
  registerProcessGauges(registry, version);
  registerEngineMetrics(registry, BATCH_SIZE_BOUNDS, () => status.counters);
  registerStorageGauges(registry, () => ({
    disks: disks.facts(),
    catalogueBytes: status.catalogueBytes,
    logBytes: status.logBytes,
  }));
  return {
    registry,
    engineStatus: () => status,
    snapshots: async (threads) => {
      status = await engine.status();
      const others = threads === undefined ? [] : await threads.metrics();
      return [registry.snapshot(), ...others];
    },
  };
}
