import * as z from 'zod';
import type { EpochMs } from '../../domain/ids.ts';
import type { LockHold, SavedLockClock } from '../../domain/lock-clock.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

interface LockClockRow {
  readonly trusted_ms: EpochMs;
  readonly held: string | null;
}

const heldColumn = z.strictObject({
  trustedMs: z.number(),
  wallMs: z.number(),
  while: z.enum(['running', 'stopped']),
});

/** The saved clock of locks. A reason that cannot be read holds all the same. */
export async function findLockClock(tx: ReadTx): Promise<SavedLockClock | undefined> {
  const row = await tx.get<LockClockRow>('SELECT trusted_ms, held FROM lock_clock WHERE id = 1');
  if (row === undefined) return undefined;
  return { trustedMs: row.trusted_ms, hold: row.held === null ? undefined : readHold(row.held, row.trusted_ms) };
}

function readHold(column: string, trustedMs: EpochMs): LockHold {
  const unknown: LockHold = { trustedMs, wallMs: trustedMs, while: 'stopped' };
  try {
    const parsed = heldColumn.safeParse(JSON.parse(column));
    // The column holds what `putLockClock` wrote.
    return parsed.success ? (parsed.data as LockHold) : unknown;
  } catch {
    return unknown;
  }
}

// The time never goes back, whatever is saved.
const PUT = `INSERT INTO lock_clock (id, trusted_ms, held) VALUES (1, ?, ?)
  ON CONFLICT (id) DO UPDATE SET held = excluded.held,
    trusted_ms = CASE WHEN excluded.trusted_ms > lock_clock.trusted_ms THEN excluded.trusted_ms ELSE lock_clock.trusted_ms END`;

export async function putLockClock(tx: WriteTx, { trustedMs, hold }: SavedLockClock): Promise<void> {
  await tx.run(PUT, BigInt(trustedMs), hold === undefined ? null : JSON.stringify(hold));
}
