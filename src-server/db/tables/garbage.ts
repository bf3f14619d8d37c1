import type { BodyId, EpochMs } from '../../domain/ids.ts';
import type { WriteTx } from '../tx.ts';

const COLLECT = `INSERT INTO garbage (extent_id, since_ms)
  SELECT id, ? FROM extent WHERE refs = 0 AND id IN (SELECT extent_id FROM body_extent WHERE body_id = ?)`;

/** Puts those extents of a body that nobody names any more into the collector's list; before the body's rows go. */
export async function collectBodyGarbage(tx: WriteTx, bodyId: BodyId, sinceMs: EpochMs): Promise<void> {
  await tx.run(COLLECT, sinceMs, bodyId);
}
