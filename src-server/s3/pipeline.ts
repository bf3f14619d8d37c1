import { Failure, isFailure } from '../domain/failure.ts';
import type { ObjectKey } from '../domain/ids.ts';
import type { ConditionContext } from '../domain/policy/context.ts';
import { actingAs } from '../services/access/acting.ts';
import { checkExpectedOwner } from '../services/access/check-expected-owner.ts';
import { getCorsRules } from '../services/buckets/get-cors-rules.ts';
import type { ServiceContext } from '../services/context.ts';
import type { Identity } from '../services/identity.ts';
import { authorizeRequest } from './access/authorize-request.ts';
import { hideAbsence } from './access/hide-absence.ts';
import { ASKED_AFTER_BODY } from './access/needed-actions.ts';
import { authenticate } from './auth/authenticate.ts';
import { authenticateForm } from './auth/authenticate-form.ts';
import { type FactSource, tagFacts } from './auth/condition-facts.ts';
import { environmentOf } from './auth/request-environment.ts';
import { isHeaderInQuery } from './auth/sigv4-presigned.ts';
import { planBody, planFormFile } from './body/plan-body.ts';
import { formHeaders, formKey, formSource, openForm, tagsOfForm } from './body/read-form.ts';
import { ERROR_FACTS } from './errors/codes.ts';
import { errorXml } from './errors/error-xml.ts';
import { ClientGone } from './http/chunk-sender.ts';
import { answerPreflight, corsHeaders, readPreflight } from './http/cors.ts';
import type { Exchange } from './http/exchange.ts';
import { checkHeaderRules } from './http/header-rules.ts';
import { pacedAnswer, pacedBody } from './http/paced.ts';
import { bucketOfHost, parseTarget, type RawTarget, splitRawTarget } from './http/parse-target.ts';
import { parseQueryString, type QueryString } from './http/query-string.ts';
import { sendResponse } from './http/send-response.ts';
import type { S3Operation, S3Response, Target } from './operation.ts';
import type { Matcher } from './operation-table/match.ts';
import type { AnyOperationRow } from './operation-table/row.ts';
import { queryServiceOf, serveQuery } from './query/serve-query.ts';
import { OperationRequest, type RequestFacts } from './request.ts';

/** What became of one request: for metrics and access log. Filled in as the pipeline goes. */
export interface RequestRecord {
  target: Target | undefined;
  row: AnyOperationRow | undefined;
  /** Of a call of IAM or STS: `iam:CreateUser`. */
  queryAction?: string;
  identity: Identity | undefined;
  status: number;
  errorCode: string | undefined;
  /** What a refusal knows of itself, for the audit trail. */
  refusal?: Failure;
  bytesOut: number;
  /** Counts the request among its key's open ones until it is over. */
  release?: (() => void) | undefined;
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

/** A request whose operation is known and whose sender is not. */
interface Matched {
  readonly context: ServiceContext;
  readonly exchange: Exchange;
  readonly record: RequestRecord;
  readonly raw: RawTarget;
  readonly query: QueryString;
  readonly hostBucket: string | undefined;
  readonly target: Target;
  readonly row: AnyOperationRow;
}

async function operate(setup: PipelineSetup, exchange: Exchange, record: RequestRecord): Promise<S3Response> {
  const { context } = setup;
  const { headers, method } = exchange;
  context.limits?.admitAddress(exchange.remoteAddress);
  const raw = splitRawTarget(exchange.request.url ?? '');
  const query = parseQueryString(raw.query);
  const host = headers.get('host');
  if (host === undefined && exchange.request.httpVersionMinor > 0) {
    throw new Failure('MissingSecurityHeader', undefined, { fields: { MissingHeaderName: 'host' } });
  }
  // Two lines, joined: what stands before us may have believed the other one (RFC 9112 §3.2).
  if (host?.includes(',')) throw new Failure('InvalidRequest', 'Exactly one Host header is wanted');
  const hostBucket = bucketOfHost(host, context.config.domain);
  const target = parseTarget(raw.path, hostBucket);
  record.target = target;
  if (method === 'OPTIONS') return preflight(context, exchange, target);
  const service = target.scope === 'service' ? queryServiceOf(exchange) : undefined;
  if (service !== undefined) {
    const now = context.now();
    const environment = environmentOf(exchange, query.params, now, false);
    const auth = { method, rawPath: raw.path, query, headers, target, hostBucket, now, environment };
    return serveQuery(context, { exchange, service, auth, record });
  }
  const asked = { has: (name: string) => headers.has(name) || isHeaderInQuery(query.params, name) };
  const row = setup.match({ method, scope: target.scope, query: query.params, headers: asked });
  record.row = row;
  const matched: Matched = { context, exchange, record, raw, query, hostBucket, target, row };
  const facts = row.body === 'form' ? await acceptForm(matched) : await acceptRequest(matched);
  // The router chose this row by the target's scope, so the handler takes this target.
  const handler = row.handler as S3Operation;
  const acting = method === 'GET' || method === 'HEAD' ? context : actingAs(context, facts.identity);
  try {
    const answer = await handler(acting, new OperationRequest(exchange, facts));
    return await pacedAnswer(context, facts.identity, exchange, answer);
  } catch (error) {
    if (target.scope !== 'object') throw error;
    throw await hideAbsence(context, facts.identity, target, facts.headers.get('x-amz-copy-source'), error);
  }
}

/** Authenticates and authorizes an ordinary request and checks what it claims of its body. */
async function acceptRequest(matched: Matched): Promise<RequestFacts> {
  const { context, exchange, raw, query, hostBucket, target, row } = matched;
  const { headers, method } = exchange;
  const now = context.now();
  const { identity, payload } = await authenticate(context, {
    method,
    rawPath: raw.path,
    query,
    headers,
    target,
    hostBucket,
    now,
    environment: environmentOf(exchange, query.params, now, false),
  });
  matched.record.identity = identity;
  matched.record.release = context.limits?.admitIdentity(identity);
  if (row.handler === 'not-implemented') throw notImplemented(row);
  checkHeaderRules(headers);
  const source = { header: (name: string) => headers.get(name), query: query.params };
  await checkAccess(matched, identity, source, target.scope === 'object' ? target.key : undefined);
  const body = pacedBody(context, identity, exchange, planBody(headers, row, payload, exchange.source));
  return { target, query: query.params, headers, identity, body, form: undefined };
}

/** The same for a browser form, whose credentials and headers are fields of its body: they are read first. */
async function acceptForm(matched: Matched): Promise<RequestFacts> {
  const { context, exchange, query, target, row } = matched;
  if (row.handler === 'not-implemented' || target.scope !== 'bucket') throw notImplemented(row);
  if (exchange.headers.has('authorization')) throw new Failure('CredentialsNotSupported');
  const { fields, boundary, head } = await openForm(exchange.source, exchange.headers.get('content-type'));
  const environment = environmentOf(exchange, query.params, context.now(), true);
  const { identity, lengthRange } = await authenticateForm(context, { bucket: target.bucket, fields, environment });
  matched.record.identity = identity;
  matched.record.release = context.limits?.admitIdentity(identity);
  const key = formKey(fields);
  const headers = formHeaders(fields);
  checkHeaderRules(headers);
  await checkAccess(matched, identity, formSource(headers, fields), key, tagFacts(tagsOfForm(fields)));
  const file = planFormFile(headers, row, boundary, lengthRange, exchange.source);
  const body = pacedBody(context, identity, exchange, file);
  return { target, query: query.params, headers, identity, body, form: { key, fields, fileName: head.fileName } };
}

async function checkAccess(
  matched: Matched,
  identity: Identity,
  source: FactSource,
  key: ObjectKey | undefined,
  bodyFacts?: ConditionContext,
): Promise<void> {
  const { context, exchange, target, row } = matched;
  const bucket = target.scope === 'service' ? undefined : target.bucket;
  if (!ASKED_AFTER_BODY.has(row.action)) {
    await authorizeRequest(context, { row, identity, bucket, key, source, bodyFacts });
  }
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
  return new Failure('NotImplemented', `${row.action} is not implemented`);
}

/** What was thrown, as something a caller may be told. A bug is told as InternalError and logged whole. */
function toFailure(context: ServiceContext, exchange: Exchange, error: unknown): Failure {
  if (isFailure(error)) return error;
  if (!exchange.socket.destroyed) context.log.error({ requestId: exchange.id, err: error }, 's3 request failed');
  return new Failure('InternalError');
}

function failureResponse(failure: Failure, exchange: Exchange, hostId: string, record: RequestRecord): S3Response {
  record.errorCode = failure.code;
  record.refusal = failure;
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
