import type { KeyObject } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';

/** What chunk signatures continue from: the request's own signature and the key it was made with. */
export interface ChunkSigning {
  readonly key: KeyObject;
  readonly seedSignature: string;
  /** `YYYYMMDD'T'HHMMSS'Z'` of the request. */
  readonly timestamp: string;
  /** `date/region/s3/aws4_request`. */
  readonly scope: string;
}

/** How the body of a request is framed and what vouches for it. Decided while authenticating, obeyed by the body reader. */
export type PayloadKind =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'signed'; readonly sha256: Uint8Array }
  | { readonly kind: 'unsigned-chunks' }
  | { readonly kind: 'signed-chunks'; readonly signing: ChunkSigning; readonly trailer: boolean };

/** What `x-amz-content-sha256` says, before anything is known of who signed. */
export type PayloadClaim =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'signed'; readonly sha256: Uint8Array }
  | { readonly kind: 'unsigned-chunks' }
  | { readonly kind: 'signed-chunks'; readonly trailer: boolean };

const UNSIGNED: PayloadClaim = { kind: 'unsigned' };
const HEX_64 = /^[0-9a-fA-F]{64}$/;

/** Reads `x-amz-content-sha256`. Throws NotImplemented for SigV4a's chunks, InvalidArgument for anything unknown. */
export function parsePayloadClaim(value: string): PayloadClaim {
  switch (value) {
    case 'UNSIGNED-PAYLOAD':
      return UNSIGNED;
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { kind: 'unsigned-chunks' };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return { kind: 'signed-chunks', trailer: false };
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { kind: 'signed-chunks', trailer: true };
    case 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD':
    case 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER':
      throw new Failure('NotImplemented', 'Signature version 4A is not implemented', {
        fields: { Header: 'x-amz-content-sha256' },
      });
    default:
      if (HEX_64.test(value)) return { kind: 'signed', sha256: Buffer.from(value, 'hex') };
      throw new Failure(
        'InvalidArgument',
        'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
        { fields: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: value } },
      );
  }
}

/** Joins the claim with the signature that chunk signatures continue; only SigV4 has one. Throws InvalidRequest. */
export function payloadKind(claim: PayloadClaim, signing: ChunkSigning | undefined): PayloadKind {
  if (claim.kind !== 'signed-chunks') return claim;
  if (signing === undefined) {
    throw new Failure('InvalidRequest', 'Signed chunks need a request that is signed with signature version 4');
  }
  return { kind: 'signed-chunks', signing, trailer: claim.trailer };
}
