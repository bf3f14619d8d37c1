import { findClaimingAdmin, findUserByName, insertUser } from '../db/tables/iam-user.ts';
import { deleteSetting, findSetting, putSetting } from '../db/tables/setting.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { SETUP_TOKEN_SETTING } from './put-setup-token.ts';
import { SETUP_WIZARD_SETTING } from './put-setup-wizard.ts';

export interface ClaimSetupInput {
  /** The stored setting whose token the caller has compared with what was sent. */
  readonly verifiedSetting: string;
  readonly name: string;
  /** A PHC string: the password never gets this far (LOG.md 7). */
  readonly passwordHash: string;
  readonly canonicalId: string;
  readonly accountId: string;
  readonly nowMs: EpochMs;
}

export type ClaimSetupOutcome =
  | { readonly kind: 'claimed'; readonly userId: UserId }
  | { readonly kind: 'already-claimed' }
  | { readonly kind: 'wrong-token' }
  | { readonly kind: 'name-taken' };

/** Makes the first admin and spends the token. Of two that race, one claims. */
export async function claimSetup(tx: WriteTx, input: ClaimSetupInput): Promise<ClaimSetupOutcome> {
  if ((await findClaimingAdmin(tx)) !== undefined) return { kind: 'already-claimed' };
  if ((await findSetting(tx, SETUP_TOKEN_SETTING)) !== input.verifiedSetting) return { kind: 'wrong-token' };
  if ((await findUserByName(tx, input.name)) !== undefined) return { kind: 'name-taken' };
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const userId = tx.nextId() as UserId;
  await insertUser(tx, {
    id: userId,
    name: input.name,
    tenant_id: null,
    account_id: input.accountId,
    canonical_id: input.canonicalId,
    role: 'admin',
    email: null,
    display_name: null,
    password_hash: input.passwordHash,
    state: 'active',
    created_ms: input.nowMs,
  });
  await deleteSetting(tx, SETUP_TOKEN_SETTING);
  // What is still to be done with a new install; it is shown until it is done or skipped.
  await putSetting(tx, SETUP_WIZARD_SETTING, JSON.stringify({ step: 'recovery', bucket: null, accessKeyId: null }));
  return { kind: 'claimed', userId };
}
