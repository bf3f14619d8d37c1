import { Failure } from '../../domain/failure.ts';
import type { Decision } from '../../domain/policy/decide.ts';
import type { Denial } from '../../observability/denials.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { actorOf } from './acting.ts';

/** AccessDenied with what decided: for the audit trail; the caller is told no more than the code. */
export class Denied extends Failure {
  readonly action: string;
  readonly resource: string;
  readonly reason: Decision['reason'];

  constructor(action: string, resource: string, { reason }: Decision) {
    super('AccessDenied');
    this.action = action;
    this.resource = resource;
    this.reason = reason;
  }
}

/** What was refused, in the words of the port that refused it; what `error` knows is more exact. */
export interface RefusedRequest extends Pick<Denial, 'action' | 'resource' | 'code' | 'status' | 'port'> {
  readonly error?: unknown;
  /** Where no identity stands, since nothing was proven. */
  readonly claimedKeyId?: string | undefined;
  readonly sourceAddress: string | undefined;
  readonly requestId: string;
}

/** Notes a refused request for the files of denied requests. */
export function noteDenied(context: ServiceContext, identity: Identity | undefined, request: RefusedRequest): void {
  const { error, claimedKeyId, sourceAddress, requestId, ...facts } = request;
  const actor = identity === undefined ? undefined : actorOf(context, identity);
  const decided = error instanceof Denied ? error : undefined;
  context.denials.note({
    ...facts,
    atMs: context.now(),
    who: actor?.name ?? claimedKeyId ?? 'anonymous',
    arn: actor?.arn ?? null,
    accessKeyId: actor?.accessKeyId ?? claimedKeyId ?? null,
    tenantId: actor?.tenantId ?? null,
    action: decided?.action ?? facts.action,
    resource: decided?.resource ?? facts.resource,
    sourceAddress: sourceAddress ?? null,
    requestId,
    reason: decided === undefined ? null : JSON.stringify(decided.reason),
  });
}
