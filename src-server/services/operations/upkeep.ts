import { listDueBinned } from '../../db/tables/binned-object.ts';
import { listOldBatches, listOldOperations } from '../../db/tables/operation.ts';
import type { EpochMs } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { binItemOf } from './bin-work.ts';
import { KEYS_A_BATCH } from './operation-work.ts';

const DAY_MS = 86_400_000;
const FORGOTTEN_AT_ONCE = 8;
/** Operations are shown that long, whatever can still be undone. */
const SHOWN_DAYS_MIN = 90;

/** Gives up some of what has been in a bin for too long; the number of objects. */
export async function emptyDueBins(context: ServiceContext): Promise<number> {
  const nowMs = context.now();
  const beforeMs = (nowMs - context.config.binKeepDays * DAY_MS) as EpochMs;
  const due = await context.catalogue.read((tx) => listDueBinned(tx, beforeMs, KEYS_A_BATCH));
  const bucketId = due[0]?.bucket_id;
  if (bucketId === undefined) return 0;
  const items = due.filter((object) => object.bucket_id === bucketId).map(binItemOf);
  await context.engine.submit('purge-binned', { step: undefined, bucketId, items, nowMs });
  return items.length;
}

/** Forgets some of what is too old to be undone, and operations that are too old to be shown; the number of both. */
export async function forgetOldOperations(context: ServiceContext): Promise<number> {
  const { binKeepDays } = context.config;
  const nowMs = context.now();
  const undoBefore = (nowMs - binKeepDays * DAY_MS) as EpochMs;
  const shownBefore = (nowMs - Math.max(binKeepDays, SHOWN_DAYS_MIN) * DAY_MS) as EpochMs;
  const { batches, operations } = await context.catalogue.read(async (tx) => ({
    batches: await listOldBatches(tx, undoBefore, FORGOTTEN_AT_ONCE),
    operations: await listOldOperations(tx, shownBefore, FORGOTTEN_AT_ONCE),
  }));
  const count = batches.length + operations.length;
  if (count > 0) await context.engine.submit('prune-operations', { batches, operations });
  return count;
}
