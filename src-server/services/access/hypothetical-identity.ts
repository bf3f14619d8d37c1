import { findVisibleUser, findVisibleUserById, requireIamActor } from '../../commands/support/iam-actor.ts';
import { findAccessKey } from '../../db/tables/access-key.ts';
import { findRoleByName, type IamRoleRow } from '../../db/tables/iam-role.ts';
import { findUserById, type IamUserRow } from '../../db/tables/iam-user.ts';
import type { ReadTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { AnonymousIdentity, Identity, UserIdentity } from '../identity.ts';
import { identityOf, roleSessionIdentity } from './user-identity.ts';

/** Who is asked about: not who asks. */
export type AskedPrincipal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user' | 'role' | 'key'; readonly name: string };

/** Names of things that policies cannot name, so that no cache takes them for a real key. */
const NO_KEY = 'role:';

/** A session of a role as it would begin now, without tags or session policies. */
export function imaginedSession(role: IamRoleRow, owner: IamUserRow, nowMs: IamRoleRow['created_ms']): Identity {
  return imagined(
    roleSessionIdentity(owner, role, {
      access_key_id: `${NO_KEY}${role.id}`,
      token_hash: Buffer.alloc(0),
      sealed_secret: Buffer.alloc(0),
      user_id: owner.id,
      role_id: role.id,
      name: 'simulated',
      policies: null,
      tags: null,
      transitive_tag_keys: null,
      source_identity: null,
      issuing_key_id: null,
      created_ms: nowMs,
      expires_ms: nowMs,
    }),
  );
}

/** A user with a key of theirs, or without one. */
export function imaginedUser(
  user: IamUserRow,
  key?: { readonly id: string; readonly policy: string | null },
): Identity {
  return imagined({ ...identityOf(user, key?.id ?? null), keyPolicy: key?.policy ?? null });
}

export const IMAGINED_STRANGER: Identity = imagined({ kind: 'anonymous' });

function imagined(identity: UserIdentity | AnonymousIdentity): Identity {
  // Nobody proved to be this: it is asked about and never acts.
  return identity as Identity;
}

/**
 * Who is asked about, where the one who asks may see them. Throws NoSuchEntity.
 *
 * @param caller who asks
 */
export async function findAskedPrincipal(
  tx: ReadTx,
  caller: UserIdentity,
  asked: AskedPrincipal,
  nowMs: IamRoleRow['created_ms'],
): Promise<Identity> {
  if (asked.kind === 'anonymous') return IMAGINED_STRANGER;
  const actor = await requireIamActor(tx, { userId: caller.userId, isRoleSession: caller.session?.kind === 'role' });
  switch (asked.kind) {
    case 'user': {
      const user = await findVisibleUser(tx, actor, asked.name);
      if (user !== undefined) return imaginedUser(user);
      break;
    }
    case 'key': {
      const key = await findAccessKey(tx, asked.name);
      const user = key === undefined ? undefined : await findVisibleUserById(tx, actor, key.user_id);
      if (key !== undefined && user !== undefined) return imaginedUser(user, key);
      break;
    }
    case 'role': {
      const role = await findRoleByName(tx, caller.accountId, asked.name);
      const owner = role === undefined ? undefined : await findUserById(tx, role.owner_id);
      if (role !== undefined && owner !== undefined) return imaginedSession(role, owner, nowMs);
      break;
    }
  }
  throw new Failure('NoSuchEntity', `there is no ${asked.kind} of this name`);
}
