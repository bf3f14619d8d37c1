import { correctContainer, correctExtent, correctUsage } from '../db/tables/recount.ts';
import { recountTenant } from '../db/tables/tenant-usage.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketId, ContainerId, EpochMs, ExtentId, SequenceId } from '../domain/ids.ts';

export interface CorrectCountersInput {
  readonly containers: readonly ContainerId[];
  readonly extents: readonly ExtentId[];
  readonly buckets: readonly BucketId[];
  /** After their buckets. */
  readonly tenants: readonly SequenceId[];
  readonly nowMs: EpochMs;
}

/** Counts again what the check found wrong: container bytes, references (with the garbage list), bucket and tenant usage. */
export async function correctCounters(tx: WriteTx, input: CorrectCountersInput): Promise<void> {
  for (const id of input.containers) await correctContainer(tx, id);
  for (const id of input.extents) await correctExtent(tx, id, input.nowMs);
  for (const id of input.buckets) await correctUsage(tx, id);
  for (const id of input.tenants) await recountTenant(tx, id);
}
