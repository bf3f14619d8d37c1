/** Upper bounds of the batch-size histogram, in commands; one more bucket holds the rest. */
export const BATCH_SIZE_BOUNDS = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/** Counters of the commit thread since it started. Plain data. */
export interface EngineCounters {
  batches: number;
  commands: number;
  refusedCommands: number;
  /** Batches by size, as `BATCH_SIZE_BOUNDS` cuts them. */
  batchSizes: number[];
  syncs: number;
  replayedRecords: number;
  /** Bytes written to the log: bodies, records, padding not counted. */
  logBytesWritten: number;
  /** Of these, journal records. */
  recordBytesWritten: number;
  walCheckpoints: number;
  /** Background commands that took more than their 5 ms. */
  slowBackgroundCommands: number;
}

export function newCounters(): EngineCounters {
  return {
    batches: 0,
    commands: 0,
    refusedCommands: 0,
    batchSizes: Array.from({ length: BATCH_SIZE_BOUNDS.length + 1 }, () => 0),
    syncs: 0,
    replayedRecords: 0,
    logBytesWritten: 0,
    recordBytesWritten: 0,
    walCheckpoints: 0,
    slowBackgroundCommands: 0,
  };
}

export function countBatch(counters: EngineCounters, commands: number): void {
  counters.batches += 1;
  counters.commands += commands;
  const bucket = BATCH_SIZE_BOUNDS.findIndex((bound) => commands <= bound);
  const index = bucket < 0 ? BATCH_SIZE_BOUNDS.length : bucket;
  counters.batchSizes[index] = (counters.batchSizes[index] ?? 0) + 1;
}
