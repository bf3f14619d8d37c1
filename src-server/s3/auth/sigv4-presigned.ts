import { Failure } from '../../domain/failure.ts';
import { parseBasicIsoDate } from '../http/dates.ts';
import { type AuthRequest, MAX_EXPIRES_SECONDS, MAX_SKEW_MS, type PresentedSignature } from './auth-request.ts';
import { canonicalQuery, checkSignedHeaders } from './canonical-request.ts';
import { type CredentialScope, parseCredentialScope, scopeProblemMessage } from './credential-scope.ts';
import { type PayloadKind, parsePayloadClaim, payloadKind } from './payload-kind.ts';
import { placeholderParameters } from './placeholder-checksum.ts';
import { SIGV4_ALGORITHM, verifySigV4 } from './sigv4.ts';

const SIGNATURE = 'X-Amz-Signature';
const OWN_PARAMETERS: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-signedheaders',
  'x-amz-signature',
]);

/** Is this query signed by SigV4? Any of its own parameters says so; missing ones are then an error. */
export function hasSigV4Query(params: ReadonlyMap<string, string>): boolean {
  return params.has('X-Amz-Algorithm') || params.has(SIGNATURE) || params.has('X-Amz-Credential');
}

/**
 * Does this URL carry a header in its query, where SDKs put those they sign (`x-amz-copy-source`)? Nothing is proven yet: it
 * tells which action is asked for.
 *
 * @param name in lower case
 */
export function isHeaderInQuery(params: ReadonlyMap<string, string>, name: string): boolean {
  if (!hasSigV4Query(params)) return false;
  for (const given of params.keys()) if (given.toLowerCase() === name) return true;
  return false;
}

/**
 * Reads a presigned URL and checks everything about it that needs no secret, its time above all. A good signature makes
 * the `x-amz-*` parameters of the query count as headers: SDKs move them there, and the query is signed as a whole.
 * Throws AuthorizationQueryParametersError, AccessDenied, InvalidToken, InvalidArgument.
 */
export function readSigV4Presigned(request: AuthRequest, region: string): PresentedSignature<PayloadKind> {
  const params = request.query.params;
  const fields = requiredFields(params);
  const scope = checkedScope(fields.credential, region);
  const signedAt = parseBasicIsoDate(fields.date);
  if (signedAt === undefined) throw invalid("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (!fields.date.startsWith(scope.date)) {
    throw invalid(
      `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${fields.date}".`,
    );
  }
  checkLifetime(signedAt, fields.expires, request.now);
  const signedHeaders = fields.signedHeaders.split(';');
  checkSignedHeaders(request.headers, signedHeaders);
  const payloadHash =
    request.headers.get('x-amz-content-sha256') ?? params.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  const claim = parsePayloadClaim(payloadHash);
  const queryText = canonicalQuery(request.query, SIGNATURE);
  const presented = {
    scope,
    timestamp: fields.date,
    signedHeaders,
    signature: fields.signature,
    queryText,
    payloadHash,
  };
  return {
    accessKeyId: scope.accessKeyId,
    prove: (secret) => {
      const signing = verifySigV4(request, presented, secret);
      adoptQueryHeaders(request);
      return payloadKind(claim, signing);
    },
  };
}

function requiredFields(params: ReadonlyMap<string, string>) {
  const credential = params.get('X-Amz-Credential');
  const date = params.get('X-Amz-Date');
  const expires = params.get('X-Amz-Expires');
  const signedHeaders = params.get('X-Amz-SignedHeaders');
  const signature = params.get(SIGNATURE);
  const algorithm = params.get('X-Amz-Algorithm');
  if (!algorithm || !credential || !date || !expires || !signedHeaders || !signature) {
    throw invalid(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  if (algorithm !== SIGV4_ALGORITHM) throw invalid('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  return { credential, date, expires, signedHeaders, signature };
}

function checkedScope(credential: string, region: string): CredentialScope {
  const scope = parseCredentialScope(credential, region);
  if (!('problem' in scope)) return scope;
  const message = `Error parsing the X-Amz-Credential parameter; ${scopeProblemMessage(scope, region)}`;
  if (scope.problem !== 'region') throw invalid(message);
  throw new Failure('AuthorizationQueryParametersError', message, {
    fields: { Region: region },
    headers: { 'x-amz-bucket-region': region },
  });
}

function checkLifetime(signedAt: number, expires: string, now: number): void {
  const seconds = /^-?\d{1,15}$/.test(expires) ? Number(expires) : Number.NaN;
  if (Number.isNaN(seconds)) throw invalid('X-Amz-Expires should be a number');
  if (seconds < 0) throw invalid('X-Amz-Expires must be non-negative');
  if (seconds > MAX_EXPIRES_SECONDS) {
    throw invalid(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_EXPIRES_SECONDS} seconds`,
    );
  }
  if (signedAt - now > MAX_SKEW_MS) throw new Failure('AccessDenied', 'Request is not valid yet');
  const expiresAt = signedAt + seconds * 1000;
  if (now <= expiresAt) return;
  throw new Failure('AccessDenied', 'Request has expired', {
    fields: {
      'X-Amz-Expires': expires,
      Expires: new Date(expiresAt).toISOString(),
      ServerTime: new Date(now).toISOString(),
    },
  });
}

function adoptQueryHeaders({ query, headers }: AuthRequest): void {
  const placeholders = placeholderParameters(query.params, headers);
  for (const [name, value] of query.params) {
    const lower = name.toLowerCase();
    if (!lower.startsWith('x-amz-') || OWN_PARAMETERS.has(lower) || placeholders.has(lower)) continue;
    headers.addFromQuery(lower, value);
  }
}

function invalid(message: string): Failure {
  return new Failure('AuthorizationQueryParametersError', message);
}
