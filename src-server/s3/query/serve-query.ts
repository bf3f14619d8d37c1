import { createHash } from 'node:crypto';
import { Failure, isFailure } from '../../domain/failure.ts';
import { actingAs } from '../../services/access/acting.ts';
import { Denied } from '../../services/access/denied.ts';
import type { ServiceContext } from '../../services/context.ts';
import type { Identity, UserIdentity } from '../../services/identity.ts';
import type { AuthRequest } from '../auth/auth-request.ts';
import { authenticate } from '../auth/authenticate.ts';
import { ERROR_FACTS } from '../errors/codes.ts';
import type { Exchange } from '../http/exchange.ts';
import type { S3Response } from '../operation.ts';
import type { RequestRecord } from '../pipeline.ts';
import type { QueryOperation } from './query-operation.ts';
import { parseQueryParameters } from './query-parameters.ts';
import { QUERY_OPERATIONS } from './query-table.ts';
import { type QueryService, queryAnswer, queryError } from './query-xml.ts';

/** A policy of 20 KB, every character of it escaped, and room for the rest. */
const MAX_BODY_BYTES = 128 * 1024;
const FORM = 'application/x-www-form-urlencoded';
const SERVICE_IN_SCOPE = /Credential=[^/,]+\/\d{8}\/[^/,]*\/(iam|sts)\/aws4_request/;

const BY_NAME: ReadonlyMap<string, QueryOperation> = new Map(
  QUERY_OPERATIONS.map((operation) => [`${operation.service}:${operation.action}`, operation]),
);

/** Which query API a `POST /` is for: its signature says so. Undefined for S3's own requests. */
export function queryServiceOf({ method, headers }: Exchange): QueryService | undefined {
  if (method !== 'POST' || !(headers.get('content-type') ?? '').startsWith(FORM)) return undefined;
  const [, service] = SERVICE_IN_SCOPE.exec(headers.get('authorization') ?? '') ?? [];
  return service === 'iam' || service === 'sts' ? service : undefined;
}

/** What `serveQuery` gets of a request. */
export interface QueryExchange {
  readonly exchange: Exchange;
  readonly service: QueryService;
  readonly auth: Omit<AuthRequest, 'queryApi'>;
  readonly record: RequestRecord;
}

/**
 * One call of IAM or STS: the body is read and its digest is part of the signature, then the action runs, which asks for its own permission.
 * Never throws a Failure: these APIs have errors of their own form.
 */
export async function serveQuery(context: ServiceContext, asked: QueryExchange): Promise<S3Response> {
  const { exchange, service, record } = asked;
  try {
    const xml = await runQuery(context, asked);
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: { kind: 'xml', xml } };
  } catch (error) {
    if (!isFailure(error)) context.log.error({ requestId: exchange.id, err: error }, 'query request failed');
    const failure = isFailure(error) ? error : new Failure('InternalError');
    record.errorCode = failure.code;
    record.refusal = failure;
    const xml = queryError(service, inWords(failure, record.identity), exchange.id);
    return { status: ERROR_FACTS[failure.code].status, headers: {}, body: { kind: 'xml', xml } };
  }
}

/** These APIs say what was refused to whom (IAM user guide, "Troubleshoot access denied error messages"). */
function inWords(failure: Failure, identity: Identity | undefined): Failure {
  if (!(failure instanceof Denied) || identity?.kind !== 'user') return failure;
  const { action, resource } = failure;
  return new Failure(
    'AccessDenied',
    `User: ${identity.arn} is not authorized to perform: ${action} on resource: ${resource}`,
  );
}

async function runQuery(context: ServiceContext, { exchange, service, auth, record }: QueryExchange): Promise<string> {
  const body = await readBody(exchange);
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  const { identity } = await authenticate(context, { ...auth, queryApi: { service, bodySha256 } });
  record.identity = identity;
  record.release = context.limits?.admitIdentity(identity);
  if (identity.kind !== 'user') throw new Failure('AccessDenied');
  const parameters = parseQueryParameters(body.toString('utf8'));
  const action = parameters.required('Action');
  const operation = BY_NAME.get(`${service}:${action}`);
  if (operation === undefined) throw new Failure('InvalidAction', `Could not find operation ${action.slice(0, 128)}`);
  if (!mayCall(identity, operation)) throw new Failure('AccessDenied', 'Cannot call this with session credentials');
  record.queryAction = `${service}:${action}`;
  const result = await operation.handler(actingAs(context, identity), { id: exchange.id, identity, parameters });
  return queryAnswer(service, action, result, exchange.id);
}

/** Credentials of GetSessionToken do no more than these two here (STS API reference). */
const OF_SESSION_TOKENS: ReadonlySet<string> = new Set(['sts:AssumeRole', 'sts:GetCallerIdentity']);

function mayCall({ session }: UserIdentity, { service, action }: QueryOperation): boolean {
  return session?.kind !== 'user' || OF_SESSION_TOKENS.has(`${service}:${action}`);
}

async function readBody({ source }: Exchange): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let sizeBytes = 0;
  for (;;) {
    const piece = await source.next();
    if (piece === undefined) return Buffer.concat(pieces, sizeBytes);
    sizeBytes += piece.length;
    if (sizeBytes > MAX_BODY_BYTES) throw new Failure('MaxMessageLengthExceeded');
    pieces.push(Buffer.from(piece));
  }
}
