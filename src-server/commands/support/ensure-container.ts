import { findContainerId, insertContainer } from '../../db/tables/container.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { ContainerId, DiskId, EpochMs } from '../../domain/ids.ts';

/** A file that bytes were written to before their command was queued. */
export interface WrittenContainer {
  readonly name: string;
  readonly kind: 'segment' | 'chunk';
  readonly diskId: DiskId;
  readonly nowMs: EpochMs;
}

/** The row of a container, made where this command is the first to name it. */
export async function ensureContainer(tx: WriteTx, container: WrittenContainer): Promise<ContainerId> {
  const { name, kind, diskId, nowMs } = container;
  const known = await findContainerId(tx, name);
  if (known !== undefined) return known;
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as number as ContainerId;
  // A chunk file is written once; a segment takes more until its writer seals it.
  const state = kind === 'chunk' ? 'sealed' : 'open';
  await insertContainer(tx, { id, name, kind, state, diskId, createdMs: nowMs });
  return id;
}
