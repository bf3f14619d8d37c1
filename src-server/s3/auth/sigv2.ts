import { createHmac } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import { parseBasicIsoDate, parseHttpDate } from '../http/dates.ts';
import { isSubresource } from '../operation-table/index.ts';
import { type AuthRequest, MAX_SKEW_MS, type PresentedSignature } from './auth-request.ts';
import { signaturesEqual } from './compare-signatures.ts';
import { type PayloadKind, parsePayloadClaim, payloadKind } from './payload-kind.ts';
import { requestTimeTooSkewed } from './sigv4-header.ts';

/** Parameters besides the sub-resources that the canonical resource names (S3 REST authentication, "Signing requests"). */
const SIGNED_PARAMETERS: ReadonlySet<string> = new Set([
  'partNumber',
  'uploadId',
  'versionId',
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
]);

const TOKEN_HEADER = 'x-amz-security-token';

/** Is this query signed by SigV2? */
export function hasSigV2Query(params: ReadonlyMap<string, string>): boolean {
  return params.has('AWSAccessKeyId') || (params.has('Signature') && params.has('Expires'));
}

/** Reads `Authorization: AWS key:signature`. Throws AccessDenied, InvalidArgument, RequestTimeTooSkewed. */
export function readSigV2Header(request: AuthRequest, authorization: string): PresentedSignature<PayloadKind> {
  const credentials = authorization.slice('AWS '.length).trim();
  const colon = credentials.indexOf(':');
  if (colon < 1) {
    throw new Failure('InvalidArgument', 'AWS authorization header is invalid.  Expected AwsAccessKeyId:signature', {
      fields: { ArgumentName: 'Authorization', ArgumentValue: credentials.slice(0, Math.max(colon, 0)) },
    });
  }
  checkDate(request);
  const date = request.headers.has('x-amz-date') ? '' : (request.headers.get('date') ?? '');
  return presented(request, credentials.slice(0, colon), credentials.slice(colon + 1), date);
}

/** Reads a SigV2 URL: `AWSAccessKeyId`, `Expires` (seconds since 1970) and `Signature`. Throws AccessDenied. */
export function readSigV2Presigned(request: AuthRequest): PresentedSignature<PayloadKind> {
  const params = request.query.params;
  const accessKeyId = params.get('AWSAccessKeyId');
  const expires = params.get('Expires');
  const signature = params.get('Signature');
  if (!accessKeyId || !expires || !signature) {
    throw new Failure(
      'AccessDenied',
      'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
    );
  }
  const expiresAt = /^\d{1,12}$/.test(expires) ? Number(expires) * 1000 : Number.NaN;
  if (Number.isNaN(expiresAt))
    throw new Failure('AccessDenied', `Invalid date (should be seconds since epoch): ${expires}`);
  if (request.now > expiresAt) {
    throw new Failure('AccessDenied', 'Request has expired', {
      fields: { Expires: new Date(expiresAt).toISOString(), ServerTime: new Date(request.now).toISOString() },
    });
  }
  return presented(request, accessKeyId, signature, expires);
}

function presented(
  request: AuthRequest,
  accessKeyId: string,
  signature: string,
  date: string,
): PresentedSignature<PayloadKind> {
  const claim = parsePayloadClaim(request.headers.get('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD');
  return {
    accessKeyId,
    prove: (secret) => {
      const toSign = stringToSign(request, date);
      const computed = createHmac('sha1', secret).update(Buffer.from(toSign, 'latin1')).digest('base64');
      if (!signaturesEqual(computed, signature)) {
        throw new Failure('SignatureDoesNotMatch', undefined, {
          fields: { AWSAccessKeyId: accessKeyId, StringToSign: toSign, SignatureProvided: signature },
        });
      }
      return payloadKind(claim, undefined);
    },
  };
}

function checkDate(request: AuthRequest): void {
  const text = request.headers.get('x-amz-date') ?? request.headers.get('date') ?? '';
  const ms = parseBasicIsoDate(text) ?? parseHttpDate(text);
  if (ms === undefined)
    throw new Failure('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  if (Math.abs(request.now - ms) > MAX_SKEW_MS) throw requestTimeTooSkewed(text, request.now);
}

function stringToSign(request: AuthRequest, date: string): string {
  const { headers } = request;
  // In a URL the token of temporary credentials is a parameter, and is signed as the header it stands for.
  const token = headers.has(TOKEN_HEADER) ? undefined : request.query.params.get(TOKEN_HEADER);
  const amzHeaders = [...headers.names(), ...(token === undefined ? [] : [TOKEN_HEADER])]
    .filter((name) => name.startsWith('x-amz-'))
    .sort()
    .map((name) => `${name}:${(headers.get(name) ?? token ?? '').trim()}\n`)
    .join('');
  const start = `${request.method}\n${headers.get('content-md5') ?? ''}\n${headers.get('content-type') ?? ''}\n${date}\n`;
  return start + amzHeaders + canonicalResource(request);
}

function canonicalResource(request: AuthRequest): string {
  const bucket = request.hostBucket === undefined ? '' : `/${request.hostBucket}`;
  const signed = request.query.pairs
    .filter(([name]) => isSubresource(name) || SIGNED_PARAMETERS.has(name))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .sort();
  const query = signed.length === 0 ? '' : `?${signed.join('&')}`;
  return bucket + request.rawPath + Buffer.from(query, 'utf8').toString('latin1');
}
