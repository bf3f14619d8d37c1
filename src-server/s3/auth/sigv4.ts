import { hash } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import { canonicalPath, canonicalRequest, type SignedRequest } from './canonical-request.ts';
import { signaturesEqual } from './compare-signatures.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { ChunkSigning } from './payload-kind.ts';
import { hmacHex, signingKey } from './signing-keys.ts';

export const SIGV4_ALGORITHM = 'AWS4-HMAC-SHA256';

/** A SigV4 signature as a request presents it, from header or query. */
export interface PresentedV4 {
  readonly scope: CredentialScope;
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Canonical query, without the signature itself. */
  readonly queryText: string;
  /** Last line of the canonical request: a digest, UNSIGNED-PAYLOAD or a STREAMING word. */
  readonly payloadHash: string;
}

/** Checks a SigV4 signature. Throws SignatureDoesNotMatch with what was signed, as AWS does, so that a client can compare. */
export function verifySigV4(request: SignedRequest, presented: PresentedV4, secret: string): ChunkSigning {
  const { scope, timestamp } = presented;
  const key = signingKey(scope.accessKeyId, secret, scope);
  const path = canonicalPath(request.rawPath);
  let canonical = canonicalFor(request, presented, path);
  let toSign = stringToSign(presented, canonical);
  let matches = signaturesEqual(hmacHex(key, toSign), presented.signature);
  if (!matches && path !== request.rawPath) {
    // A signer that encodes nothing itself signs what it sends. Both forms decode to the same key.
    canonical = canonicalFor(request, presented, request.rawPath);
    toSign = stringToSign(presented, canonical);
    matches = signaturesEqual(hmacHex(key, toSign), presented.signature);
  }
  if (!matches) throw signatureDoesNotMatch(presented, toSign, canonical);
  return { key, seedSignature: presented.signature, timestamp, scope: scope.text };
}

function canonicalFor(request: SignedRequest, presented: PresentedV4, path: string): string {
  return canonicalRequest(request, path, presented.queryText, presented.signedHeaders, presented.payloadHash);
}

function stringToSign(presented: PresentedV4, canonical: string): string {
  // The canonical request holds one character per byte of the wire.
  const digest = hash('sha256', Buffer.from(canonical, 'latin1'), 'hex');
  return `${SIGV4_ALGORITHM}\n${presented.timestamp}\n${presented.scope.text}\n${digest}`;
}

function signatureDoesNotMatch(presented: PresentedV4, toSign: string, canonical: string): Failure {
  return new Failure('SignatureDoesNotMatch', undefined, {
    fields: {
      AWSAccessKeyId: presented.scope.accessKeyId,
      StringToSign: toSign,
      SignatureProvided: presented.signature,
      StringToSignBytes: spacedHex(toSign),
      CanonicalRequest: canonical,
      CanonicalRequestBytes: spacedHex(canonical),
    },
  });
}

function spacedHex(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex').replace(/../g, '$& ').trimEnd();
}
