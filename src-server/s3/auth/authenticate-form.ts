import { createHmac } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { checkPostPolicy, fileBoundsOf, parsePostPolicy } from '../../domain/post-policy.ts';
import type { ServiceContext } from '../../services/context.ts';
import type { Identity, RequestEnvironment } from '../../services/identity.ts';
import type { LengthRange } from '../body/form-file.ts';
import type { PresentedSignature } from './auth-request.ts';
import { anonymousIdentity, proveSignature } from './authenticate.ts';
import { signaturesEqual } from './compare-signatures.ts';
import { parseCredentialScope, scopeProblemMessage } from './credential-scope.ts';
import { hmacHex, signingKey } from './signing-keys.ts';
import { SIGV4_ALGORITHM } from './sigv4.ts';

/** A form as its policy judges it. */
export interface FormInput {
  readonly bucket: string;
  /** By lower-case name, `${filename}` already replaced. */
  readonly fields: ReadonlyMap<string, string>;
  readonly environment?: RequestEnvironment;
}

/** Who sent a browser form, and how much its file may weigh. */
export interface AuthenticatedForm {
  readonly identity: Identity;
  readonly lengthRange: LengthRange;
}

/**
 * Finds out who sent a form: the holder of the key that signed its policy, or nobody. A policy is always kept to, signed or
 * not. Throws AccessDenied, InvalidArgument, InvalidAccessKeyId, InvalidPolicyDocument, InvalidToken, SignatureDoesNotMatch.
 */
export async function authenticateForm(context: ServiceContext, input: FormInput): Promise<AuthenticatedForm> {
  const { fields } = input;
  const policy = fields.get('policy');
  const presented = readPresented(context, fields, policy);
  const identity = await identityOfForm(context, input, presented);
  return { identity, lengthRange: keepToPolicy(policy, input, context.now()) };
}

async function identityOfForm(
  context: ServiceContext,
  { fields, environment }: FormInput,
  presented: PresentedSignature<void> | undefined,
): Promise<Identity> {
  const token = fields.get('x-amz-security-token');
  if (presented !== undefined) return (await proveSignature(context, presented, { token, environment })).identity;
  if (token !== undefined) throw new Failure('InvalidToken');
  return anonymousIdentity(environment);
}

function keepToPolicy(policy: string | undefined, input: FormInput, nowMs: EpochMs): LengthRange {
  if (policy === undefined) return fileBoundsOf(undefined, Number.POSITIVE_INFINITY);
  const parsed = parsePostPolicy(policy);
  // A policy judges the bucket that the request addresses, whatever a field says.
  checkPostPolicy(parsed, new Map([...input.fields, ['bucket', input.bucket]]), nowMs);
  return fileBoundsOf(parsed, Number.POSITIVE_INFINITY);
}

function readPresented(
  context: ServiceContext,
  fields: ReadonlyMap<string, string>,
  policy: string | undefined,
): PresentedSignature<void> | undefined {
  const isV4 = fields.has('x-amz-signature') || fields.has('x-amz-credential') || fields.has('x-amz-algorithm');
  const isV2 = fields.has('signature') || fields.has('awsaccesskeyid');
  if (!isV4 && !isV2) return undefined;
  if (policy === undefined) throw missingField('policy');
  if (isV4) return readV4(fields, policy, context.config.region);
  if (!context.config.s3.allowSignatureV2) {
    throw new Failure(
      'InvalidRequest',
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    );
  }
  return readV2(fields, policy);
}

function readV4(fields: ReadonlyMap<string, string>, policy: string, region: string): PresentedSignature<void> {
  const signature = required(fields, 'x-amz-signature');
  const date = required(fields, 'x-amz-date');
  if (required(fields, 'x-amz-algorithm') !== SIGV4_ALGORITHM) {
    throw new Failure('InvalidArgument', 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  }
  const scope = parseCredentialScope(required(fields, 'x-amz-credential'), region);
  if ('problem' in scope) {
    throw new Failure('AuthorizationQueryParametersError', scopeProblemMessage(scope, region), {
      ...(scope.problem === 'region' && { fields: { Region: region } }),
    });
  }
  if (!date.startsWith(scope.date)) throw new Failure('AccessDenied', 'Invalid credential date');
  return {
    accessKeyId: scope.accessKeyId,
    prove: (secret) => {
      const computed = hmacHex(signingKey(scope.accessKeyId, secret, scope), policy);
      if (!signaturesEqual(computed, signature)) throw mismatch(scope.accessKeyId, policy, signature);
    },
  };
}

function readV2(fields: ReadonlyMap<string, string>, policy: string): PresentedSignature<void> {
  const accessKeyId = required(fields, 'awsaccesskeyid');
  const signature = required(fields, 'signature');
  return {
    accessKeyId,
    prove: (secret) => {
      const computed = createHmac('sha1', secret).update(policy).digest('base64');
      if (!signaturesEqual(computed, signature)) throw mismatch(accessKeyId, policy, signature);
    },
  };
}

function required(fields: ReadonlyMap<string, string>, name: string): string {
  const value = fields.get(name);
  if (value === undefined || value === '') throw missingField(name);
  return value;
}

function missingField(name: string): Failure {
  return new Failure(
    'InvalidArgument',
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    { fields: { ArgumentName: name, ArgumentValue: '' } },
  );
}

function mismatch(accessKeyId: string, policy: string, signature: string): Failure {
  return new Failure('SignatureDoesNotMatch', undefined, {
    fields: { AWSAccessKeyId: accessKeyId, StringToSign: policy, SignatureProvided: signature },
  });
}
