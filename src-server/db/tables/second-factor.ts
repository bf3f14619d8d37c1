import type { EpochMs, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/**
 * A user's TOTP secret, sealed (`KeyRing.sealSecret`). `pending` until a code of it was given: then it asks for nothing.
 * `last_step`: the newest time step whose code was taken; it and older ones are not taken again.
 */
export interface SecondFactorRow {
  readonly user_id: UserId;
  readonly user_name: string;
  readonly sealed_secret: Buffer;
  readonly state: 'pending' | 'on';
  readonly last_step: number;
  readonly created_ms: EpochMs;
}

const FIND =
  'SELECT f.*, u.name AS user_name FROM second_factor f JOIN iam_user u ON u.id = f.user_id WHERE f.user_id = ?';

/** The second factor of a user, whatever its state. */
export async function findSecondFactor(tx: ReadTx, userId: UserId): Promise<SecondFactorRow | undefined> {
  return tx.get<SecondFactorRow>(FIND, userId);
}

/** Adds a second factor; the user has none. */
export async function insertSecondFactor(tx: WriteTx, row: Omit<SecondFactorRow, 'user_name'>): Promise<void> {
  await tx.run(
    'INSERT INTO second_factor (user_id, sealed_secret, state, last_step, created_ms) VALUES (?, ?, ?, ?, ?)',
    row.user_id,
    row.sealed_secret,
    row.state,
    row.last_step,
    row.created_ms,
  );
}

/** From now on sign-ins ask for it. */
export async function turnSecondFactorOn(tx: WriteTx, userId: UserId): Promise<void> {
  await tx.run("UPDATE second_factor SET state = 'on' WHERE user_id = ?", userId);
}

/** Takes the code of a time step; false where it, or one of a later step, was taken before. */
export async function spendStep(tx: WriteTx, userId: UserId, step: number): Promise<boolean> {
  return (
    (await tx.run('UPDATE second_factor SET last_step = ? WHERE user_id = ? AND last_step < ?', step, userId, step)) > 0
  );
}

/** Removes a user's second factor and its recovery codes. */
export async function deleteSecondFactor(tx: WriteTx, userId: UserId): Promise<void> {
  await tx.run('DELETE FROM recovery_code WHERE user_id = ?', userId);
  await tx.run('DELETE FROM second_factor WHERE user_id = ?', userId);
}

/** Gives a user these recovery codes and no others. */
export async function replaceRecoveryCodes(tx: WriteTx, userId: UserId, hashes: readonly Uint8Array[]): Promise<void> {
  await tx.run('DELETE FROM recovery_code WHERE user_id = ?', userId);
  for (const hash of hashes) {
    await tx.run('INSERT INTO recovery_code (user_id, code_hash) VALUES (?, ?)', userId, Buffer.from(hash));
  }
}

/** Takes a recovery code; false where the user has no such one. */
export async function spendRecoveryCode(tx: WriteTx, userId: UserId, hash: Uint8Array): Promise<boolean> {
  const sql = 'DELETE FROM recovery_code WHERE user_id = ? AND code_hash = ?';
  return (await tx.run(sql, userId, Buffer.from(hash))) > 0;
}

/** How many recovery codes a user has left. */
export async function countRecoveryCodes(tx: ReadTx, userId: UserId): Promise<number> {
  const row = await tx.get<{ codes: number }>('SELECT count(*) AS codes FROM recovery_code WHERE user_id = ?', userId);
  return row?.codes ?? 0;
}
