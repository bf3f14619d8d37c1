import type { MetricsRegistry } from './metrics.ts';

/** One batch of the commit engine (DESIGN §3). */
export interface BatchFacts {
  readonly commands: number;
  /** What the log grew by. */
  readonly logBytes: number;
  /** Undefined where the batch was not synced at once (balanced, relaxed). */
  readonly syncMs: number | undefined;
  readonly commitMs: number;
}

export interface EngineMetrics {
  recordBatch(facts: BatchFacts): void;
  recordReplay(records: number): void;
}

const BATCH_COMMANDS = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const SYNC_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

/** Batches, syncs and replay of the commit engine. */
export function createEngineMetrics(registry: MetricsRegistry): EngineMetrics {
  const batch = registry.histogram('stowage_engine_batch_commands', 'Commands in a batch', BATCH_COMMANDS).with();
  const bytes = registry.counter('stowage_engine_log_bytes_total', 'Bytes written to the log').with();
  const syncs = registry.histogram('stowage_engine_sync_seconds', 'Syncs of the log', SYNC_SECONDS).with();
  const commits = registry.histogram('stowage_engine_commit_seconds', 'Commits of the catalogue', SYNC_SECONDS).with();
  const replayed = registry
    .counter('stowage_engine_replayed_records_total', 'Journal records replayed at start')
    .with();
  return {
    recordBatch({ commands, logBytes, syncMs, commitMs }) {
      batch.observe(commands);
      bytes.add(logBytes);
      if (syncMs !== undefined) syncs.observe(syncMs / 1000);
      commits.observe(commitMs / 1000);
    },
    recordReplay: (records) => replayed.add(records),
  };
}
