import { deleteSecondFactor, findSecondFactor, insertSecondFactor } from '../db/tables/second-factor.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { requireActor } from './support/people.ts';

export interface BeginSecondFactorInput {
  readonly userId: UserId;
  /** Sealed: in clear it never gets this far (LOG.md 7). */
  readonly sealedSecret: Uint8Array;
  readonly nowMs: EpochMs;
}

/** Stores a secret that counts once a code of it is given. Throws AccessDenied, EntityAlreadyExists where one is on. */
export async function beginSecondFactor(tx: WriteTx, input: BeginSecondFactorInput): Promise<void> {
  const user = await requireActor(tx, input.userId);
  if ((await findSecondFactor(tx, user.id))?.state === 'on') {
    throw new Failure('EntityAlreadyExists', 'a second factor is on already');
  }
  await deleteSecondFactor(tx, user.id);
  await insertSecondFactor(tx, {
    user_id: user.id,
    sealed_secret: Buffer.from(input.sealedSecret),
    state: 'pending',
    last_step: 0,
    created_ms: input.nowMs,
  });
}
