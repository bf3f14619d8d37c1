import { insertContainer } from '../../db/tables/container.ts';
import { sealLogContainers } from '../../db/tables/log-container.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { ContainerId, DiskId, EpochMs } from '../../domain/ids.ts';

export interface SegmentContainer {
  /** File name of the segment. */
  readonly name: string;
  /** Its container where the row is committed already. */
  readonly known: ContainerId | undefined;
  /** The segment before, with its final length in bytes. */
  readonly closed: { readonly name: string; readonly length: number } | undefined;
}

/**
 * The container row of the log's open segment, so that small bodies in it are addressed like any others. The first batch of
 * a segment records it, and seals the segment before.
 */
export async function segmentContainer(
  tx: WriteTx,
  segment: SegmentContainer,
  diskId: DiskId,
  nowMs: number,
): Promise<ContainerId> {
  if (segment.known !== undefined) return segment.known;
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as ContainerId;
  await insertContainer(tx, {
    id,
    name: segment.name,
    kind: 'log',
    state: 'open',
    diskId,
    createdMs: nowMs as EpochMs,
  });
  await sealLogContainers(tx, id, segment.closed);
  return id;
}
