import { s3Arn } from '../domain/arn-names.ts';
import type { RequestRecorder } from '../observability/request-recorder.ts';
import type { RequestFacts } from '../observability/request-ring.ts';
import type { S3Metrics } from '../observability/s3-metrics.ts';
import { noteDenied } from '../services/access/denied.ts';
import type { ServiceContext } from '../services/context.ts';
import { noteKeyUse } from '../services/keys/note-key-use.ts';
import { SELF_TEST_USER_AGENT } from '../services/self-test/s3-client.ts';
import type { Exchange } from './http/exchange.ts';
import type { RequestRecord } from './pipeline.ts';

/** Who is told of every finished request. */
export interface RequestWitnesses {
  readonly metrics: S3Metrics | undefined;
  /** What the console shows of requests and clients. */
  readonly recorder: RequestRecorder | undefined;
}

/**
 * Counts, remembers and logs one finished request, and notes the use of the key that signed it. The line is built from parsed facts, never from the raw target or
 * headers, so no signature, token or query credential can be in it. Failures of ours are warnings, the rest is for those
 * who ask for `debug`.
 */
export function recordRequest(
  context: ServiceContext,
  { metrics, recorder }: RequestWitnesses,
  exchange: Exchange,
  record: RequestRecord,
): void {
  const facts = factsOf(exchange, record);
  const userAgent = exchange.headers.get('user-agent');
  if (!isOwnTest(exchange, facts, userAgent)) metrics?.record(facts);
  recorder?.record(facts, userAgent);
  if (facts.isKeyProven && facts.accessKeyId !== undefined) {
    const { accessKeyId, remote = '' } = facts;
    noteKeyUse(context, { accessKeyId, address: remote, client: userAgent ?? '' });
  }
  noteRefusal(context, facts, record);
  const { log } = context;
  // Who asks too much must not fill the log as well.
  const isOurs = record.status >= 500 && record.errorCode !== 'SlowDown';
  if (!isOurs && !log.isLevelEnabled('debug')) return;
  const line = {
    requestId: facts.id,
    action: facts.action,
    method: facts.method,
    bucket: facts.bucket,
    // Not `key`: the redactor takes what is called so for a secret.
    objectKey: facts.objectKey,
    status: facts.status,
    errorCode: facts.errorCode,
    durationMs: Math.round(facts.durationMs * 100) / 100,
    bytesIn: facts.bytesIn,
    bytesOut: facts.bytesOut,
    remote: facts.remote,
    user: facts.user,
    userAgent,
  };
  if (isOurs) log.warn(line, 's3 request');
  else log.debug(line, 's3 request');
}

/**
 * The server's own test asks for refusals on purpose: counted, they would look like errors of clients. What is wrong with
 * the server itself counts whoever asked.
 */
function isOwnTest(exchange: Exchange, { status }: RequestFacts, userAgent: string | undefined): boolean {
  return userAgent === SELF_TEST_USER_AGENT && status < 500 && exchange.isFromThisMachine;
}

const REFUSED_STATUS: ReadonlySet<number> = new Set([401, 403]);
/** What says "not you, not now" with another status. */
const REFUSED_CODES: ReadonlySet<string> = new Set(['ExpiredToken', 'InvalidToken', 'AuthorizationHeaderMalformed']);

function noteRefusal(
  context: ServiceContext,
  facts: RequestFacts,
  { row, target, identity, refusal }: RequestRecord,
): void {
  const { errorCode, status, accessKeyId, remote, id } = facts;
  if (errorCode === undefined || !(REFUSED_STATUS.has(status) || REFUSED_CODES.has(errorCode))) return;
  noteDenied(context, identity, {
    action: row?.iamAction ?? facts.action,
    resource: target === undefined || target.scope === 'service' ? '*' : s3Arn(target.bucket, facts.objectKey),
    code: errorCode,
    status,
    port: 's3',
    error: refusal,
    claimedKeyId: accessKeyId,
    sourceAddress: remote,
    requestId: id,
  });
}

function factsOf(exchange: Exchange, record: RequestRecord): RequestFacts {
  const { target, identity } = record;
  const proven = identity?.kind === 'user' ? (identity.accessKeyId ?? undefined) : undefined;
  return {
    id: exchange.id,
    action: record.row?.action ?? record.queryAction ?? 'none',
    method: exchange.method,
    bucket: target === undefined || target.scope === 'service' ? undefined : target.bucket,
    objectKey: target?.scope === 'object' ? target.key : undefined,
    rawUrl: exchange.request.url ?? '',
    host: exchange.headers.get('host'),
    status: record.status,
    errorCode: record.errorCode,
    durationMs: performance.now() - exchange.startedMs,
    bytesIn: exchange.bytesIn,
    bytesOut: record.bytesOut,
    remote: exchange.remoteAddress,
    user: identity?.kind === 'user' ? identity.name : identity?.kind,
    accessKeyId: proven ?? (identity === undefined ? claimedKeyId(exchange) : undefined),
    isKeyProven: proven !== undefined,
  };
}

const CLAIMED_IN_HEADER = /(?:Credential=|^AWS )([A-Za-z0-9_-]{3,128})[/:]/;
const CLAIMED_IN_QUERY = /[?&](?:X-Amz-Credential|AWSAccessKeyId)=([A-Za-z0-9_-]{3,128})(?:%2F|[/&]|$)/i;

/** The id of the key a refused request says it was signed with; only what an id may look like. */
function claimedKeyId({ headers, request }: Exchange): string | undefined {
  const header = CLAIMED_IN_HEADER.exec(headers.get('authorization') ?? '');
  return (header ?? CLAIMED_IN_QUERY.exec(request.url ?? ''))?.[1];
}
