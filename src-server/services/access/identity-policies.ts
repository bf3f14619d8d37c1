import {
  findDefaultDocument,
  type HeldPolicyRow,
  listPoliciesOfRole,
  listPoliciesOfUser,
} from '../../db/tables/holder-policy.ts';
import { findRoleById } from '../../db/tables/iam-role.ts';
import { findUserById } from '../../db/tables/iam-user.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { SequenceId } from '../../domain/ids.ts';
import type { AppliedPolicy, PolicyOrigin } from '../../domain/policy/decide.ts';
import { type PolicyKind, PolicySyntaxError, parsePolicy } from '../../domain/policy/policy-document.ts';
import type { ServiceContext } from '../context.ts';
import { createGenerationCache } from '../generation-cache.ts';
import type { UserIdentity } from '../identity.ts';

/** Everything on the side of who asks that has a say. */
export interface IdentityPolicies {
  readonly identity: readonly AppliedPolicy[];
  readonly boundary: AppliedPolicy | undefined;
  readonly session: readonly AppliedPolicy[];
  readonly accessKey: AppliedPolicy | undefined;
}

const CACHED_IDENTITIES = 4096;
const cached = createGenerationCache<IdentityPolicies>(CACHED_IDENTITIES);

/** The policies of a user or a role's session, from this thread's cache where it can; a change is seen by the next request. */
export async function policiesOf(context: ServiceContext, user: UserIdentity): Promise<IdentityPolicies> {
  const name = `${user.userId} ${user.accessKeyId ?? ''}`;
  const found = await cached(context.catalogue, name, () => context.catalogue.read((tx) => load(tx, user)));
  return found ?? NO_POLICIES;
}

const NO_POLICIES: IdentityPolicies = { identity: [], boundary: undefined, session: [], accessKey: undefined };

async function load(tx: ReadTx, user: UserIdentity): Promise<IdentityPolicies> {
  const { session, keyPolicy } = user;
  const isRole = session?.kind === 'role';
  const held = isRole ? await listPoliciesOfRole(tx, session.roleId) : await listPoliciesOfUser(tx, user.userId);
  const holder = isRole ? await findRoleById(tx, session.roleId) : await findUserById(tx, user.userId);
  return {
    identity: held.map(appliedPolicy),
    boundary: await findBoundary(tx, holder?.boundary_policy_id ?? null),
    session: (session?.facts.policies ?? []).map((text) =>
      readPolicy(text, 'identity', { kind: 'session', name: isRole ? session.name : user.name }),
    ),
    accessKey:
      keyPolicy === null
        ? undefined
        : readPolicy(keyPolicy, 'identity', { kind: 'access-key', name: user.accessKeyId ?? '' }),
  };
}

function appliedPolicy({ holder_kind: kind, name, document }: HeldPolicyRow): AppliedPolicy {
  return readPolicy(document, 'identity', { kind, name });
}

async function findBoundary(tx: ReadTx, policyId: SequenceId | null): Promise<AppliedPolicy | undefined> {
  if (policyId === null) return undefined;
  const found = await findDefaultDocument(tx, policyId);
  const origin: PolicyOrigin = { kind: 'boundary', name: found?.name ?? '' };
  // A boundary that is gone would lift a limit nobody lifted.
  return found === undefined ? { origin, document: 'unreadable' } : readPolicy(found.document, 'identity', origin);
}

/** A stored policy, compiled; one that cannot be read denies (DESIGN §6: errors fail closed). */
export function readPolicy(text: string, kind: PolicyKind, origin: PolicyOrigin): AppliedPolicy {
  try {
    return { origin, document: parsePolicy(text, kind) };
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    return { origin, document: 'unreadable' };
  }
}
