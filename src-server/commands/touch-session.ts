import { setSessionUse } from '../db/tables/session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs } from '../domain/ids.ts';

export interface TouchSessionInput {
  readonly id: string;
  readonly usedMs: EpochMs;
  readonly address: string;
}

/** Writes back that a session was used, where it still stands. */
export async function touchSession(tx: WriteTx, { id, usedMs, address }: TouchSessionInput): Promise<void> {
  await setSessionUse(tx, id, usedMs, address);
}
