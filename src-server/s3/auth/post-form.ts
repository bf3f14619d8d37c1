import { Failure } from '../../domain/failure.ts';
import type { EpochMs } from '../../domain/ids.ts';
import type { ServiceContext } from '../../services/context.ts';
import type { Identity } from '../../services/identity.ts';
import { parseBasicIsoDate } from '../http/dates.ts';
import { MAX_EXPIRES_SECONDS, MAX_SKEW_MS, type PresentedSignature } from './auth-request.ts';
import { anonymousIdentity, proveSignature } from './authenticate.ts';
import { signaturesEqual } from './compare-signatures.ts';
import { type CredentialScope, parseCredentialScope, scopeProblemMessage } from './credential-scope.ts';
import { hmacHex, signingKey } from './signing-keys.ts';
import { SIGV4_ALGORITHM } from './sigv4.ts';

const SIGNATURE_FIELDS = ['policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'] as const;
type SignatureField = (typeof SIGNATURE_FIELDS)[number];

/**
 * Finds out who signed a browser form: as `authenticate`, for the credentials that stand in a form's fields. SigV4 signs the
 * policy; a form with none of its fields is anonymous, one with some of them is refused.
 *
 * @param fields by lower-case name
 * @throws Failure InvalidArgument, InvalidAccessKeyId, SignatureDoesNotMatch, InvalidRequest, InvalidToken, AccessDenied
 */
export async function authenticateForm(
  context: ServiceContext,
  fields: ReadonlyMap<string, string>,
): Promise<Identity> {
  if (fields.has('awsaccesskeyid') || fields.has('signature')) {
    throw new Failure(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  if (SIGNATURE_FIELDS.every((name) => !fields.has(name))) return anonymousIdentity();
  const presented = readPresented(fields, context.config.region, context.now());
  const { identity } = await proveSignature(context, presented);
  if (fields.has('x-amz-security-token')) throw new Failure('InvalidToken');
  return identity;
}

function readPresented(
  fields: ReadonlyMap<string, string>,
  region: string,
  now: EpochMs,
): PresentedSignature<undefined> {
  const required = (name: SignatureField): string => {
    const value = fields.get(name);
    if (value !== undefined && value !== '') return value;
    throw invalid(
      `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
      name,
      '',
    );
  };
  const [policy, algorithm, credential, date, signature] = SIGNATURE_FIELDS.map(required);
  if (algorithm !== SIGV4_ALGORITHM) {
    throw invalid(`X-Amz-Algorithm only supports "${SIGV4_ALGORITHM}"`, 'x-amz-algorithm', algorithm ?? '');
  }
  const scope = checkedScope(credential ?? '', region);
  checkDate(date ?? '', scope, now);
  return {
    accessKeyId: scope.accessKeyId,
    prove: (secret) => {
      const key = signingKey(scope.accessKeyId, secret, scope.date, scope.region);
      if (signaturesEqual(hmacHex(key, policy ?? ''), signature ?? '')) return undefined;
      throw new Failure('SignatureDoesNotMatch', undefined, {
        fields: {
          AWSAccessKeyId: scope.accessKeyId,
          StringToSign: policy ?? '',
          SignatureProvided: signature ?? '',
        },
      });
    },
  };
}

function checkedScope(credential: string, region: string): CredentialScope {
  const scope = parseCredentialScope(credential, region);
  if (!('problem' in scope)) return scope;
  const message = `Error parsing the X-Amz-Credential parameter; ${scopeProblemMessage(scope, region)}`;
  if (scope.problem !== 'region') throw invalid(message, 'x-amz-credential', credential);
  throw new Failure('InvalidArgument', message, {
    fields: { ArgumentName: 'x-amz-credential', ArgumentValue: credential, Region: region },
    headers: { 'x-amz-bucket-region': region },
  });
}

/** The policy says when a form expires; its signing time bounds that to what a signature may live at all. */
function checkDate(date: string, scope: CredentialScope, now: EpochMs): void {
  const signedAt = parseBasicIsoDate(date);
  if (signedAt === undefined || !date.startsWith(scope.date)) {
    throw invalid(
      "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\" and have the date of the credential",
      'x-amz-date',
      date,
    );
  }
  if (signedAt - now > MAX_SKEW_MS) throw new Failure('AccessDenied', 'Request is not valid yet');
  if (now - signedAt > MAX_EXPIRES_SECONDS * 1000) {
    throw new Failure('AccessDenied', 'Invalid according to Policy: Policy expired.');
  }
}

function invalid(message: string, name: string, value: string): Failure {
  return new Failure('InvalidArgument', message, {
    fields: { ArgumentName: name, ArgumentValue: value.slice(0, 1024) },
  });
}
