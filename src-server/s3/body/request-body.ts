import type { DigestAlgorithm, Digests } from '../../storage/body-store.ts';

/** Digests a client claimed, by header or query at once, by trailer only after the last byte. Raw bytes, not base64. */
export interface ClaimedDigests {
  /** `x-amz-checksum-*` (one at most), from header, query or trailer. */
  readonly checksum: { readonly algorithm: Exclude<DigestAlgorithm, 'MD5'>; readonly value: Uint8Array } | undefined;
  readonly contentMd5: Uint8Array | undefined;
  /** `x-amz-content-sha256` where it is a digest (signed payload). */
  readonly contentSha256: Uint8Array | undefined;
}

/**
 * The decoded body of one request (aws-chunked framing and its signatures already removed and verified as it is read).
 * The body is pulled once. Reading it sends `100 Continue` first where the client waits for it.
 */
export interface RequestBody {
  /** Decoded length where announced (`x-amz-decoded-content-length`, else Content-Length); undefined with plain chunked encoding. */
  readonly sizeBytes: number | undefined;
  /** The algorithms a reader must compute so that `verify` can compare: of header, query and announced trailer, with MD5 / SHA256 where claimed. */
  readonly neededDigests: readonly DigestAlgorithm[];
  /** The checksum algorithm the client chose (header or trailer), whose value is stored with the object. */
  readonly checksumAlgorithm: Exclude<DigestAlgorithm, 'MD5'> | undefined;
  /** Decoded bytes in order. Throws IncompleteBody, SignatureDoesNotMatch, RequestTimeout, EntityTooLarge, InvalidRequest. */
  chunks(): AsyncIterable<Uint8Array>;
  /**
   * After the last byte: compares what was computed with what was claimed.
   * Throws BadDigest, XAmzContentSHA256Mismatch; resolves to the claimed digests.
   */
  verify(computed: Digests): ClaimedDigests;
  /** The whole body, at most `limitBytes`, with every claimed digest verified: for XML and other small bodies. */
  readAll(limitBytes: number): Promise<Buffer>;
}
