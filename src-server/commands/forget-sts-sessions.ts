import { deleteExpiredSessions } from '../db/tables/sts-session.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs } from '../domain/ids.ts';

export interface ForgetStsSessionsInput {
  /** What ended then or before goes. */
  readonly endedMs: EpochMs;
  readonly limit: number;
}

/** Forgets sessions that ended, the oldest first; answers how many went. */
export async function forgetStsSessions(tx: WriteTx, { endedMs, limit }: ForgetStsSessionsInput): Promise<number> {
  return deleteExpiredSessions(tx, endedMs, limit);
}
