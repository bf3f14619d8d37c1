import type { MetricsRegistry } from './metrics.ts';

/** What the commit thread counted since it started; `batchSizes` as `batchSizeBounds` cuts them, one more for the rest. */
export interface EngineFacts {
  readonly batches: number;
  readonly commands: number;
  readonly refusedCommands: number;
  readonly batchSizes: readonly number[];
  readonly syncs: number;
  readonly replayedRecords: number;
  readonly logBytesWritten: number;
  readonly walCheckpoints: number;
}

/** Batches, syncs and replay of the commit engine. `read` answers the newest counts it has, at once. */
export function registerEngineMetrics(
  registry: MetricsRegistry,
  batchSizeBounds: readonly number[],
  read: () => EngineFacts,
): void {
  const counter = (name: string, help: string, pick: (facts: EngineFacts) => number) =>
    registry.source({ name, help, type: 'counter', labelNames: [], buckets: [] }, () => [
      { labels: [], values: [pick(read())] },
    ]);
  const batchSize = { name: 'stowage_engine_batch_commands', help: 'Commands in a batch', labelNames: [] };
  registry.source({ ...batchSize, type: 'histogram', buckets: batchSizeBounds }, () => {
    const { batchSizes, commands } = read();
    return [{ labels: [], values: [...batchSizes, commands] }];
  });
  counter('stowage_engine_refused_commands_total', 'Commands that changed nothing', (facts) => facts.refusedCommands);
  counter('stowage_engine_syncs_total', 'Syncs of the log', (facts) => facts.syncs);
  counter('stowage_engine_log_written_bytes_total', 'Bytes written to the log', (facts) => facts.logBytesWritten);
  counter(
    'stowage_engine_replayed_records_total',
    'Journal records replayed at start',
    (facts) => facts.replayedRecords,
  );
  counter('stowage_engine_wal_checkpoints_total', 'SQLite checkpoints', (facts) => facts.walCheckpoints);
}
