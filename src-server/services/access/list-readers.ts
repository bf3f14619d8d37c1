import { requireIamActor, userScopeOf } from '../../commands/support/iam-actor.ts';
import { listAccessKeys } from '../../db/tables/access-key.ts';
import { listRoles } from '../../db/tables/iam-role.ts';
import { findActingUser, listUsers } from '../../db/tables/iam-user.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import type { Reason } from '../../domain/policy/decide.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';
import { authorize } from './authorize.ts';
import { decideAccess } from './decide-access.ts';
import { IMAGINED_STRANGER, imaginedSession, imaginedUser } from './hypothetical-identity.ts';

/** Somebody who may read something, and why. */
export interface Reader {
  readonly kind: 'anonymous' | 'user' | 'role' | 'key';
  /** Of the user or role; of a key its id; empty for everybody. */
  readonly name: string;
  /** Of a key: whose it is. */
  readonly holder: string | undefined;
  readonly reason: Reason;
}

export interface Readers {
  readonly readers: readonly Reader[];
  /** False: there are more people than were asked about. */
  readonly isComplete: boolean;
}

/** Each is a decision of its own. */
const MAX_ASKED = 500;

interface Candidate {
  readonly kind: Reader['kind'];
  readonly name: string;
  readonly holder: string | undefined;
  readonly identity: Identity;
}

/**
 * Who may read an object, or (without a key) list a bucket, and why: everybody, users and roles that the caller may see, and keys that are
 * narrower than their users. Who is disabled does not count. As it is without conditions on network, time and the like being met by chance:
 * the question comes from nowhere. Throws AccessDenied to who may not see the bucket's policy or the users, NoSuchBucket.
 */
export async function listReaders(
  context: ServiceContext,
  caller: UserIdentity & Identity,
  { bucket, key }: { readonly bucket: BucketName; readonly key: ObjectKey | undefined },
): Promise<Readers> {
  await authorize(context, { identity: caller, iamAction: 's3:GetBucketPolicy', bucket });
  await authorize(context, { identity: caller, iamAction: 'iam:ListUsers' });
  const iamAction = key === undefined ? 's3:ListBucket' : 's3:GetObject';
  const candidates = await findCandidates(context, caller);
  const readers: Reader[] = [];
  for (const { identity, ...candidate } of candidates.slice(0, MAX_ASKED)) {
    const { effect, reason } = await decideAccess(context, { identity, iamAction, bucket, key });
    if (effect === 'Allow') readers.push({ ...candidate, reason });
  }
  return { readers, isComplete: candidates.length <= MAX_ASKED };
}

async function findCandidates(context: ServiceContext, caller: UserIdentity): Promise<Candidate[]> {
  const nowMs = context.now();
  return context.catalogue.read(async (tx) => {
    const found: Candidate[] = [{ kind: 'anonymous', name: '', holder: undefined, identity: IMAGINED_STRANGER }];
    const isRoleSession = caller.session?.kind === 'role';
    const actor = await requireIamActor(tx, { userId: caller.userId, isRoleSession });
    for (const user of await listUsers(tx, userScopeOf(actor), '/')) {
      if ((await findActingUser(tx, user.id)) === undefined) continue;
      if (found.length > MAX_ASKED) return found;
      found.push({ kind: 'user', name: user.name, holder: undefined, identity: imaginedUser(user) });
      for (const key of await listAccessKeys(tx, user.id)) {
        const isUsable = key.state === 'active' && (key.expires_ms === null || nowMs < key.expires_ms);
        if (!isUsable || key.policy === null) continue;
        found.push({ kind: 'key', name: key.id, holder: user.name, identity: imaginedUser(user, key) });
      }
    }
    for (const role of await listRoles(tx, caller.accountId)) {
      const owner = await findActingUser(tx, role.owner_id);
      if (owner === undefined) continue;
      found.push({ kind: 'role', name: role.name, holder: undefined, identity: imaginedSession(role, owner, nowMs) });
    }
    return found;
  });
}
