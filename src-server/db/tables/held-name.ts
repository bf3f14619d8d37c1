import type { BucketName, EpochMs } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** The name of a deleted bucket, and the account that alone may use it until then. */
export interface HeldNameRow {
  readonly name: BucketName;
  readonly account_id: string;
  readonly until_ms: EpochMs;
}

/** Whose name it is, also where that time has passed. */
export async function findHeldName(tx: ReadTx, name: BucketName): Promise<HeldNameRow | undefined> {
  return tx.get<HeldNameRow>('SELECT name, account_id, until_ms FROM held_name WHERE name = ?', name);
}

/** Holds a name. Its bucket goes in the same command. */
export async function putHeldName(tx: WriteTx, row: HeldNameRow): Promise<void> {
  await tx.run(
    `INSERT INTO held_name (name, account_id, until_ms) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET account_id = excluded.account_id, until_ms = excluded.until_ms`,
    row.name,
    row.account_id,
    row.until_ms,
  );
}

/** Somebody took it, or its time has passed. */
export async function deleteHeldName(tx: WriteTx, name: BucketName): Promise<void> {
  await tx.run('DELETE FROM held_name WHERE name = ?', name);
}

/** Names whose time has passed, the longest ago first. */
export async function listEndedNames(tx: ReadTx, nowMs: EpochMs, limit: number): Promise<BucketName[]> {
  const rows = await tx.all<{ name: BucketName }>(
    'SELECT name FROM held_name WHERE until_ms <= ? ORDER BY until_ms LIMIT ?',
    nowMs,
    BigInt(limit),
  );
  return rows.map(({ name }) => name);
}
