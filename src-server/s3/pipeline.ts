import { type Failure, isFailure, Failure as S3Failure } from '../domain/failure.ts';
import { authorize } from '../services/access/authorize.ts';
import { checkExpectedOwner } from '../services/access/check-expected-owner.ts';
import { getCorsRules } from '../services/buckets/get-cors-rules.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Identity } from '../services/identity.ts';
import { authenticate } from './auth/authenticate.ts';
import { planBody } from './body/plan-body.ts';
import { ERROR_FACTS } from './errors/codes.ts';
import { errorXml } from './errors/error-xml.ts';
import { answerPreflight, corsHeaders, readPreflight } from './http/cors.ts';
import type { Exchange } from './http/exchange.ts';
import { checkHeaderRules } from './http/header-rules.ts';
import { bucketOfHost, parseTarget, splitRawTarget } from './http/parse-target.ts';
import { parseQueryString } from './http/query-string.ts';
import { ClientGone, sendResponse } from './http/send-response.ts';
import type { S3Operation, S3Response, Target } from './operation.ts';
import type { Matcher } from './operation-table/match.ts';
import type { AnyOperationRow } from './operation-table/row.ts';
import { OperationRequest } from './request.ts';

/** What became of one request: for metrics and access log. Filled in as the pipeline goes. */
export interface RequestRecord {
  target: Target | undefined;
  row: AnyOperationRow | undefined;
  identity: Identity | undefined;
  status: number;
  errorCode: string | undefined;
  bytesOut: number;
}

/** What the pipeline gets once, when its port opens. */
export interface PipelineSetup {
  readonly context: ServiceContext;
  readonly match: Matcher;
  /** `x-amz-id-2` of every answer. */
  readonly hostId: string;
}

/**
 * The one way through the S3 port, in this order: parse the target, match a row of the table, authenticate, authorize, check
 * the body's claims, operate, encode, send. Never rejects: every failure becomes an answer, or a cut connection where an
 * answer has begun.
 */
export async function serve(setup: PipelineSetup, exchange: Exchange, record: RequestRecord): Promise<void> {
  const { context, hostId } = setup;
  let answer: S3Response;
  try {
    answer = await operate(setup, exchange, record);
  } catch (error) {
    answer = failureResponse(toFailure(context, exchange, error), exchange, hostId, record);
  }
  try {
    answer = await withCors(context, exchange, record, answer);
    record.status = answer.status;
    record.bytesOut = await sendResponse(exchange, answer, hostId);
  } catch (error) {
    await sendInstead(setup, exchange, record, error);
  }
}

async function operate(setup: PipelineSetup, exchange: Exchange, record: RequestRecord): Promise<S3Response> {
  const { context } = setup;
  const { headers, method } = exchange;
  const raw = splitRawTarget(exchange.request.url ?? '');
  const query = parseQueryString(raw.query);
  const hostBucket = bucketOfHost(headers.get('host'), context.config.domain);
  const target = parseTarget(raw.path, hostBucket);
  record.target = target;
  if (method === 'OPTIONS') return preflight(context, exchange, target);
  const row = setup.match({ method, scope: target.scope, query: query.params, headers });
  record.row = row;
  const { identity, payload } = await authenticate(context, {
    method,
    rawPath: raw.path,
    query,
    headers,
    target,
    hostBucket,
    now: context.now(),
  });
  record.identity = identity;
  if (row.handler === 'not-implemented') throw notImplemented(row);
  checkHeaderRules(headers);
  await checkAccess(context, exchange, identity, row, target);
  const body = planBody(headers, row, payload, exchange.source);
  // The router chose this row by the target's scope, so the handler takes this target.
  const handler = row.handler as S3Operation;
  return handler(context, new OperationRequest(exchange, target, query.params, identity, body));
}

async function checkAccess(
  context: ServiceContext,
  exchange: Exchange,
  identity: Identity,
  row: AnyOperationRow,
  target: Target,
): Promise<void> {
  const bucket = target.scope === 'service' ? undefined : target.bucket;
  const key = target.scope === 'object' ? target.key : undefined;
  await authorize(context, { identity, iamAction: row.iamAction, bucket, key });
  const expectedOwner = exchange.headers.get('x-amz-expected-bucket-owner');
  if (expectedOwner !== undefined && bucket !== undefined && row.action !== 'CreateBucket') {
    await checkExpectedOwner(context, bucket, expectedOwner);
  }
}

async function preflight(context: ServiceContext, exchange: Exchange, target: Target): Promise<S3Response> {
  const asked = readPreflight((name) => exchange.headers.get(name));
  const rules = target.scope === 'service' ? [] : await getCorsRules(context, target.bucket);
  return answerPreflight(rules, asked);
}

/** Adds the CORS headers that the bucket's rules give this origin, to errors too: a script may not read them otherwise. */
async function withCors(
  context: ServiceContext,
  exchange: Exchange,
  record: RequestRecord,
  answer: S3Response,
): Promise<S3Response> {
  const origin = exchange.headers.get('origin');
  const { target } = record;
  if (origin === undefined || exchange.method === 'OPTIONS' || target === undefined || target.scope === 'service') {
    return answer;
  }
  const rules = await getCorsRules(context, target.bucket);
  const headers = corsHeaders(rules, origin, exchange.method);
  return headers === undefined ? answer : { ...answer, headers: { ...answer.headers, ...headers } };
}

function notImplemented(row: AnyOperationRow): Failure {
  return new S3Failure('NotImplemented', `${row.action} is not implemented`);
}

/** What was thrown, as something a caller may be told. A bug is told as InternalError and logged whole. */
function toFailure(context: ServiceContext, exchange: Exchange, error: unknown): Failure {
  if (isFailure(error)) return error;
  if (!exchange.socket.destroyed) context.log.error({ requestId: exchange.id, err: error }, 's3 request failed');
  return new S3Failure('InternalError');
}

function failureResponse(failure: Failure, exchange: Exchange, hostId: string, record: RequestRecord): S3Response {
  record.errorCode = failure.code;
  const { status } = ERROR_FACTS[failure.code];
  const headers = failure.detail.headers ?? {};
  if (exchange.method === 'HEAD' || status === 304) return { status, headers, body: { kind: 'empty' } };
  const url = exchange.request.url ?? '';
  const question = url.indexOf('?');
  const scene = { requestId: exchange.id, hostId, resource: question === -1 ? url : url.slice(0, question) };
  return { status, headers, body: { kind: 'xml', xml: errorXml(failure, scene) } };
}

/** The answer could not be sent. Before its head went out another one can take its place; after it the connection is cut. */
async function sendInstead(
  { context, hostId }: PipelineSetup,
  exchange: Exchange,
  record: RequestRecord,
  error: unknown,
): Promise<void> {
  if (error instanceof ClientGone) return;
  const answer = failureResponse(toFailure(context, exchange, error), exchange, hostId, record);
  if (exchange.response.headersSent) {
    exchange.socket.destroy();
    return;
  }
  record.status = answer.status;
  record.bytesOut = await sendResponse(exchange, answer, hostId).catch(() => {
    exchange.socket.destroy();
    return 0;
  });
}
