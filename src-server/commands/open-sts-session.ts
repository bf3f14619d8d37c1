import { findRoleById } from '../db/tables/iam-role.ts';
import { countOpenSessions, findUsableSession, insertStsSession } from '../db/tables/sts-session.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs, SequenceId, UserId } from '../domain/ids.ts';

export interface OpenStsSessionInput {
  readonly accessKeyId: string;
  readonly tokenHash: Uint8Array;
  readonly sealedSecret: Uint8Array;
  /** Of a role's session: who made the role. */
  readonly userId: UserId;
  readonly roleId: SequenceId | null;
  readonly name: string;
  readonly policies: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | null;
  readonly issuingKeyId: string;
  readonly createdMs: EpochMs;
  readonly expiresMs: EpochMs;
}

/** More is a program that opens one for every request. */
const MAX_OPEN_SESSIONS = 20_000;

/** Opens a session, as long as role, user and the key it was asked for with still may. Throws AccessDenied, LimitExceeded. */
export async function openStsSession(tx: WriteTx, input: OpenStsSessionInput): Promise<void> {
  if (input.roleId !== null && (await findRoleById(tx, input.roleId)) === undefined) throw new Failure('AccessDenied');
  if ((await countOpenSessions(tx, input.issuingKeyId, input.createdMs)) >= MAX_OPEN_SESSIONS)
    throw new Failure('LimitExceeded', `a key has at most ${MAX_OPEN_SESSIONS} sessions at a time`);
  await insertStsSession(tx, {
    access_key_id: input.accessKeyId,
    token_hash: Buffer.from(input.tokenHash),
    sealed_secret: Buffer.from(input.sealedSecret),
    user_id: input.userId,
    role_id: input.roleId,
    name: input.name,
    policies: JSON.stringify(input.policies),
    tags: JSON.stringify(input.tags),
    transitive_tag_keys: JSON.stringify(input.transitiveTagKeys),
    source_identity: input.sourceIdentity,
    issuing_key_id: input.issuingKeyId,
    created_ms: input.createdMs,
    expires_ms: input.expiresMs,
  });
  if ((await findUsableSession(tx, input.accessKeyId)) === undefined) throw new Failure('AccessDenied');
}
