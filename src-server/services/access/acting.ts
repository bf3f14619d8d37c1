import { isAudited } from '../../commands/audit/audit-rules.ts';
import { type AuditActor, type AuditPort, serverActor } from '../../domain/audit.ts';
import type { Reason } from '../../domain/policy/decide.ts';
import type { CommitEngine } from '../../engine/commit-engine.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

const decided = new WeakMap<object, Reason>();

/** Remembers what allowed the last thing this identity asked for. An identity is made for one request. */
export function noteReason(identity: Identity, reason: Reason): void {
  decided.set(identity, reason);
}

/** The context of one request: what it changes is changed by this identity, and the audit trail says so. */
export function actingAs(context: ServiceContext, identity: Identity): ServiceContext {
  return { ...context, engine: engineOf(context, () => actorOf(context, identity)) };
}

/** The context of work that nobody who signed in asked for. */
export function actingAsServer(context: ServiceContext, port: AuditPort): ServiceContext {
  return { ...context, engine: engineOf(context, () => serverActor(context.now(), port)) };
}

function engineOf({ engine }: ServiceContext, actor: () => AuditActor): CommitEngine {
  return { submit: (name, input, frames) => engine.submit(name, input, frames, isAudited(name) ? actor() : undefined) };
}

/** Who makes a change, now. */
export function actorOf(context: ServiceContext, identity: Identity): AuditActor {
  const { environment } = identity;
  const reason = decided.get(identity);
  const request: Pick<AuditActor, 'port' | 'sourceAddress' | 'requestId' | 'reason' | 'atMs'> = {
    port: environment?.port ?? 'server',
    sourceAddress: environment?.sourceAddress ?? null,
    requestId: environment?.requestId ?? null,
    reason: reason === undefined ? null : JSON.stringify(reason),
    atMs: context.now(),
  };
  if (identity.kind === 'anonymous') {
    return { userId: null, name: 'anonymous', arn: null, accessKeyId: null, tenantId: null, ...request };
  }
  return { ...userFacts(identity), ...request };
}

function userFacts(user: UserIdentity): Pick<AuditActor, 'userId' | 'name' | 'arn' | 'accessKeyId' | 'tenantId'> {
  const { userId, arn, accessKeyId, tenantId, session } = user;
  // Of a role's session its own name: whose role it is says nothing of who asks.
  const name = session?.kind === 'role' ? `${session.roleName}/${session.name}` : user.name;
  return { userId, name, arn, accessKeyId, tenantId };
}
