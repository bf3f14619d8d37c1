import { Failure } from '../../domain/failure.ts';
import { parseBasicIsoDate, parseHttpDate } from '../http/dates.ts';
import { type AuthRequest, MAX_SKEW_MS, type PresentedSignature } from './auth-request.ts';
import { canonicalQuery, checkSignedHeaders } from './canonical-request.ts';
import {
  type CredentialScope,
  parseCredentialScope,
  type SigningService,
  scopeProblemMessage,
} from './credential-scope.ts';
import { type PayloadKind, parsePayloadClaim, payloadKind } from './payload-kind.ts';
import { SIGV4_ALGORITHM, verifySigV4 } from './sigv4.ts';

/**
 * Reads `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…` and checks everything about it that needs
 * no secret. Throws AuthorizationHeaderMalformed, AccessDenied, RequestTimeTooSkewed, InvalidRequest, InvalidArgument.
 */
export function readSigV4Header(
  request: AuthRequest,
  authorization: string,
  region: string,
): PresentedSignature<PayloadKind> {
  const fields = parseFields(authorization);
  const { queryApi } = request;
  const scope = checkedScope(fields.credential, region, queryApi?.service);
  const timestamp = requestTimestamp(request);
  if (!timestamp.startsWith(scope.date)) {
    throw malformed(
      `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${timestamp}".`,
    );
  }
  checkSkew(timestamp, request.now);
  const signedHeaders = fields.signedHeaders.split(';');
  checkSignedHeaders(request.headers, signedHeaders);
  // Clients of IAM and STS sign their body's digest and do not send it.
  const payloadHash = queryApi?.bodySha256 ?? request.headers.get('x-amz-content-sha256');
  if (payloadHash === undefined) {
    throw new Failure('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  const claim = parsePayloadClaim(payloadHash);
  const queryText = canonicalQuery(request.query);
  const presented = { scope, timestamp, signedHeaders, signature: fields.signature, queryText, payloadHash };
  return {
    accessKeyId: scope.accessKeyId,
    prove: (secret) => payloadKind(claim, verifySigV4(request, presented, secret)),
  };
}

interface AuthorizationFields {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
}

function parseFields(authorization: string): AuthorizationFields {
  const found = new Map<string, string>();
  for (const part of authorization.slice(SIGV4_ALGORITHM.length).split(',', 8)) {
    const text = part.trim();
    const equals = text.indexOf('=');
    if (equals === -1 || found.has(text.slice(0, equals))) throw malformed('a component is missing or stands twice');
    found.set(text.slice(0, equals), text.slice(equals + 1));
  }
  const credential = found.get('Credential');
  const signedHeaders = found.get('SignedHeaders');
  const signature = found.get('Signature');
  if (!credential || !signedHeaders || !signature || found.size !== 3) {
    throw malformed('the authorization header requires three components: Credential, SignedHeaders, and Signature.');
  }
  return { credential, signedHeaders, signature };
}

function checkedScope(credential: string, region: string, service?: SigningService): CredentialScope {
  const scope = parseCredentialScope(credential, region, service);
  if (!('problem' in scope)) return scope;
  const message = scopeProblemMessage(scope, region);
  if (scope.problem !== 'region') throw malformed(message);
  // The header tells it to clients that cannot see the body, as with HEAD; they then sign again for this region.
  throw malformed(message, { Region: region }, { 'x-amz-bucket-region': region });
}

function requestTimestamp(request: AuthRequest): string {
  const amzDate = request.headers.get('x-amz-date');
  const date = amzDate ?? request.headers.get('date');
  if (date !== undefined) {
    if (parseBasicIsoDate(date) !== undefined) return date;
    const ms = amzDate === undefined ? parseHttpDate(date) : undefined;
    if (ms !== undefined) return basicIso(ms);
  }
  throw new Failure('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
}

function basicIso(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function checkSkew(timestamp: string, now: number): void {
  const signedAt = parseBasicIsoDate(timestamp) ?? Number.NaN;
  if (Math.abs(now - signedAt) <= MAX_SKEW_MS) return;
  throw requestTimeTooSkewed(timestamp, now);
}

/** The failure for a clock that is too far off, with the facts that a client needs to correct its own. */
export function requestTimeTooSkewed(requestTime: string, now: number): Failure {
  return new Failure('RequestTimeTooSkewed', undefined, {
    fields: {
      RequestTime: requestTime,
      ServerTime: new Date(now).toISOString(),
      MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
    },
  });
}

function malformed(problem: string, fields?: Record<string, string>, headers?: Record<string, string>): Failure {
  return new Failure('AuthorizationHeaderMalformed', `The authorization header is malformed; ${problem}`, {
    ...(fields && { fields }),
    ...(headers && { headers }),
  });
}
