import { forgetContainer } from '../db/tables/container-upkeep.ts';
import type { WriteTx } from '../db/tx.ts';
import type { ContainerId } from '../domain/ids.ts';

export interface ForgetContainersInput {
  /** Doomed, and their files are gone for good. */
  readonly containerIds: readonly ContainerId[];
}

/** Removes the rows of containers whose files were unlinked. Others of the list are left alone. */
export async function forgetContainers(tx: WriteTx, input: ForgetContainersInput): Promise<void> {
  for (const id of input.containerIds) await forgetContainer(tx, id);
}
