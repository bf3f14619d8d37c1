import { assertNever } from '../../domain/assert-never.ts';
import { Failure } from '../../domain/failure.ts';
import { parseIpRange } from '../../domain/policy/ip-range.ts';
import { resolveAccessKey, resolveEndedSession } from '../../services/access/resolve-access-key.ts';
import type { ServiceContext } from '../../services/context.ts';
import type { AnonymousIdentity, Identity, RequestEnvironment, UserIdentity } from '../../services/identity.ts';
import type { AuthRequest, PresentedSignature } from './auth-request.ts';
import { type PayloadKind, parsePayloadClaim, payloadKind } from './payload-kind.ts';
import { checkSessionToken } from './session-token.ts';
import { hasSigV2Query, readSigV2Header, readSigV2Presigned } from './sigv2.ts';
import { SIGV4_ALGORITHM } from './sigv4.ts';
import { readSigV4Header } from './sigv4-header.ts';
import { hasSigV4Query, readSigV4Presigned } from './sigv4-presigned.ts';

/** A request whose sender is known, and how its body is vouched for. */
export interface Authenticated {
  readonly identity: Identity;
  readonly payload: PayloadKind;
}

type AuthKind = 'v4-header' | 'v4-query' | 'v2-header' | 'v2-query' | 'anonymous';

/**
 * Finds out who sent a request: the only way to an Identity on the S3 port. Anything that looks like credentials must be
 * good; a request without any is anonymous. Throws AccessDenied, InvalidAccessKeyId, SignatureDoesNotMatch and the failures of
 * the single kinds.
 */
export async function authenticate(context: ServiceContext, request: AuthRequest): Promise<Authenticated> {
  const kind = authKind(request);
  if (kind === 'anonymous') return anonymous(request);
  const presented = readPresented(context, request, kind);
  const { identity, proof } = await proveSignature(context, presented, {
    token: securityToken(request),
    environment: request.environment,
  });
  return { identity, payload: proof };
}

/** What comes along with a signature. */
export interface PresentedWith {
  /** Of temporary credentials. */
  readonly token: string | undefined;
  readonly environment: RequestEnvironment | undefined;
}

/**
 * Checks a presented signature with the secret of the key it names, the session token of a temporary one, and where the key may come from.
 * Throws InvalidAccessKeyId, SignatureDoesNotMatch, InvalidToken, ExpiredToken, AccessDenied.
 */
export async function proveSignature<Proof>(
  context: ServiceContext,
  presented: PresentedSignature<Proof>,
  { token, environment }: PresentedWith,
): Promise<{ readonly identity: Identity; readonly proof: Proof }> {
  const usable = await resolveAccessKey(context, presented.accessKeyId);
  const resolved = usable ?? (await resolveEndedSession(context, presented.accessKeyId));
  if (resolved === undefined) {
    throw new Failure('InvalidAccessKeyId', undefined, { fields: { AWSAccessKeyId: presented.accessKeyId } });
  }
  const proof = presented.prove(resolved.secret);
  checkSessionToken(resolved, token);
  if (usable === undefined) throw new Failure('ExpiredToken');
  if (resolved.sourceIps !== undefined && !comesFrom(resolved.sourceIps, environment?.sourceAddress)) {
    throw new Failure('AccessDenied');
  }
  return { identity: mint({ ...resolved.identity, ...(environment !== undefined && { environment }) }), proof };
}

function comesFrom(sourceIps: readonly string[], address: string | undefined): boolean {
  return address !== undefined && sourceIps.some((source) => parseIpRange(source)?.contains(address) === true);
}

/** Of a presigned URL it is a parameter, spelled as the signer liked. */
function securityToken({ headers, query }: AuthRequest): string | undefined {
  const { params } = query;
  return headers.get(TOKEN_HEADER) ?? params.get('X-Amz-Security-Token') ?? params.get(TOKEN_HEADER);
}

const TOKEN_HEADER = 'x-amz-security-token';

/** The identity of a request, or of a form, that carries no credentials. */
export function anonymousIdentity(environment?: RequestEnvironment): Identity {
  return mint({ kind: 'anonymous', ...(environment !== undefined && { environment }) });
}

function mint(identity: UserIdentity | AnonymousIdentity): Identity {
  // The one place on the S3 port that brands an identity: it was proven by a signature, or there is none to prove.
  return identity as Identity;
}

function anonymous(request: AuthRequest): Authenticated {
  const claim = parsePayloadClaim(request.headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD');
  if (securityToken(request) !== undefined) throw new Failure('InvalidToken');
  if (claim.kind === 'signed-chunks') throw new Failure('AccessDenied');
  return { identity: anonymousIdentity(request.environment), payload: payloadKind(claim, undefined) };
}

function authKind(request: AuthRequest): AuthKind {
  const authorization = request.headers.get('authorization');
  const params = request.query.params;
  const inQuery = params.size > 0 && (hasSigV4Query(params) || hasSigV2Query(params));
  if (authorization === undefined) {
    if (!inQuery) return 'anonymous';
    return hasSigV4Query(params) ? 'v4-query' : 'v2-query';
  }
  if (inQuery) {
    throw new Failure(
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      { fields: { ArgumentName: 'Authorization' } },
    );
  }
  if (authorization.startsWith(SIGV4_ALGORITHM)) return 'v4-header';
  if (authorization.startsWith('AWS ')) return 'v2-header';
  if (authorization.startsWith('AWS4-ECDSA-P256-SHA256')) {
    throw new Failure('NotImplemented', 'Signature version 4A is not implemented', {
      fields: { Header: 'Authorization' },
    });
  }
  throw new Failure('InvalidArgument', 'Unsupported Authorization Type', { fields: { ArgumentName: 'Authorization' } });
}

function readPresented(
  context: ServiceContext,
  request: AuthRequest,
  kind: Exclude<AuthKind, 'anonymous'>,
): PresentedSignature<PayloadKind> {
  switch (kind) {
    case 'v4-header':
      return readSigV4Header(request, request.headers.get('authorization') ?? '', context.config.region);
    case 'v4-query':
      return readSigV4Presigned(request, context.config.region);
    case 'v2-header':
      refuseV2(context);
      return readSigV2Header(request, request.headers.get('authorization') ?? '');
    case 'v2-query':
      refuseV2(context);
      return readSigV2Presigned(request);
    default:
      return assertNever(kind);
  }
}

function refuseV2(context: ServiceContext): void {
  if (context.config.s3.allowSignatureV2) return;
  throw new Failure(
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  );
}
