import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs } from '../domain/ids.ts';
import { requireAdmin } from './support/people.ts';
import { type ChangeActor, recordChange } from './support/record-change.ts';
import { type FactorProof, passesSecondFactor } from './support/second-factor.ts';

/** The field of the history that says that the configuration left the install. */
export const EXPORTED = 'configuration.exported';

export interface NoteExportInput {
  /** Of the second factor, where one is on. */
  readonly proof: FactorProof | null;
  readonly by: ChangeActor;
  readonly nowMs: EpochMs;
}

/**
 * Notes who takes the configuration out, before they get it, and takes the proof of the second factor. False where the proof
 * is no good, or there is none and one is wanted. Throws AccessDenied where the actor does not operate the install.
 */
export async function noteExport(tx: WriteTx, { proof, by, nowMs }: NoteExportInput): Promise<boolean> {
  if (by.userId === null) throw new Failure('AccessDenied');
  const actor = await requireAdmin(tx, by.userId);
  if (actor.tenant_id !== null) throw new Failure('AccessDenied');
  if (!(await passesSecondFactor(tx, actor.id, proof))) return false;
  await recordChange(tx, {
    scope: 'setting',
    target: '',
    field: EXPORTED,
    before: undefined,
    after: true,
    by,
    nowMs,
  });
  return true;
}
