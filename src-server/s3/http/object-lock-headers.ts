import { Failure } from '../../domain/failure.ts';
import type { BucketName, EpochMs, ObjectKey } from '../../domain/ids.ts';
import {
  lockStartMs,
  NO_LOCK,
  parseRetainUntil,
  RETENTION_MODES,
  type RequestedLock,
  type Retention,
  requireFuture,
  retentionOf,
} from '../../domain/lock.ts';
import { contextOf, joinContexts } from '../../domain/policy/context.ts';
import { authorize } from '../../services/access/authorize.ts';
import { decideAccess } from '../../services/access/decide-access.ts';
import type { ServiceContext } from '../../services/context.ts';
import { mayBypassGovernance } from '../../services/locks/may-bypass.ts';
import type { StoredObject } from '../../services/objects/stored-object.ts';
import { conditionFacts } from '../auth/condition-facts.ts';
import type { S3Request } from '../operation.ts';

const MODE = 'x-amz-object-lock-mode';
const UNTIL = 'x-amz-object-lock-retain-until-date';
const HOLD = 'x-amz-object-lock-legal-hold';
const DAY_MS = 86_400_000;

/** A request that may carry lock headers, and the object it is about. */
type Asking = Pick<S3Request, 'identity' | 'header' | 'query'>;
interface Place {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
}

/**
 * The lock that a write asks for by its headers, for who may ask for it: retention and legal hold have permissions of their
 * own. Throws InvalidArgument, AccessDenied.
 */
export async function requestedLock(context: ServiceContext, request: Asking, place: Place): Promise<RequestedLock> {
  const retention = readRetention(request);
  const legalHold = readLegalHold(request.header(HOLD));
  if (retention === undefined && legalHold === undefined) return NO_LOCK;
  if (retention !== undefined) {
    requireFuture(retention.untilMs, lockStartMs(context.now(), context.lockClock.nowMs()));
    await authorizeRetention(context, request, place, retention);
  }
  if (legalHold !== undefined) {
    const facts = conditionFacts(request);
    await authorize(context, { identity: request.identity, iamAction: 's3:PutObjectLegalHold', ...place, facts });
  }
  return { retention, legalHold };
}

/** Asks for the right to this very retention: policies may limit its length. Throws AccessDenied. */
export async function authorizeRetention(
  context: ServiceContext,
  request: Asking,
  place: Place,
  retention: Retention | undefined,
): Promise<void> {
  const asked = retention === undefined ? {} : factsOf(retention, context.now());
  const facts = joinContexts(contextOf(asked), conditionFacts(request));
  await authorize(context, { identity: request.identity, iamAction: 's3:PutObjectRetention', ...place, facts });
}

function factsOf({ mode, untilMs }: Retention, nowMs: EpochMs): Record<string, string> {
  return {
    's3:object-lock-mode': mode,
    's3:object-lock-retain-until-date': new Date(untilMs).toISOString(),
    's3:object-lock-remaining-retention-days': String(Math.ceil((untilMs - nowMs) / DAY_MS)),
  };
}

function readRetention(request: Asking): Retention | undefined {
  const modeText = request.header(MODE);
  const untilText = request.header(UNTIL);
  if (modeText === undefined && untilText === undefined) return undefined;
  if (modeText === undefined || untilText === undefined) {
    throw new Failure('InvalidArgument', `${UNTIL} and ${MODE} must both be supplied`);
  }
  const mode = RETENTION_MODES.find((known) => known === modeText);
  if (mode === undefined) {
    throw new Failure('InvalidArgument', 'Unknown wormMode directive.', {
      fields: { ArgumentName: MODE, ArgumentValue: modeText },
    });
  }
  return { mode, untilMs: parseRetainUntil(untilText) };
}

function readLegalHold(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'ON' || text === 'OFF') return text === 'ON';
  throw new Failure('InvalidArgument', "Legal Hold must be either of 'ON' or 'OFF'", {
    fields: { ArgumentName: HOLD, ArgumentValue: text },
  });
}

/** Does the caller say that GOVERNANCE is to be passed over, and may they? */
export async function bypassesGovernance(context: ServiceContext, request: Asking, place: Place): Promise<boolean> {
  if (request.header('x-amz-bypass-governance-retention')?.toLowerCase() !== 'true') return false;
  return mayBypassGovernance(context, { identity: request.identity, ...place, facts: conditionFacts(request) });
}

/** The lock in the answer to GET and HEAD, for who may read it. Nothing is asked about an object without one. */
export async function lockHeaders(
  context: ServiceContext,
  request: Asking,
  place: Place,
  { lock }: StoredObject,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  const retention = retentionOf(lock);
  const may = async (iamAction: string) =>
    (await decideAccess(context, { identity: request.identity, iamAction, ...place, facts: conditionFacts(request) }))
      .effect === 'Allow';
  if (retention !== undefined && retention !== 'unreadable' && (await may('s3:GetObjectRetention'))) {
    headers[MODE] = retention.mode;
    headers[UNTIL] = new Date(retention.untilMs).toISOString();
  }
  if (lock.legal_hold !== null && (await may('s3:GetObjectLegalHold'))) {
    headers[HOLD] = lock.legal_hold === 0 ? 'OFF' : 'ON';
  }
  return headers;
}
