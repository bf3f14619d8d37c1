import type { ChecksumAlgorithm } from '../../domain/checksum.ts';
import { Failure } from '../../domain/failure.ts';
import type { DigestAlgorithm, Digests } from '../../storage/body-store.ts';
import { digestOnce } from '../../storage/digests.ts';
import type { BodyDecoder } from './body-decoder.ts';
import { type BodyClaims, readTrailerChecksum } from './claims.ts';
import type { ClaimedDigests, RequestBody } from './request-body.ts';
import type { SocketSource } from './socket-source.ts';

/** Everything `decodedBody` needs; the limits were checked against the announced length already. */
export interface BodyPlan {
  readonly source: SocketSource;
  readonly decoder: BodyDecoder;
  readonly claims: BodyClaims;
  readonly contentSha256: Uint8Array | undefined;
  readonly sizeBytes: number | undefined;
  /** For bodies whose length nobody announced. */
  readonly limitBytes: number;
}

/** The body of one request as its operation sees it. */
export class DecodedBody implements RequestBody {
  readonly sizeBytes: number | undefined;
  readonly neededDigests: readonly DigestAlgorithm[];
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly #plan: BodyPlan;
  #ended = false;

  constructor(plan: BodyPlan) {
    this.#plan = plan;
    this.sizeBytes = plan.sizeBytes;
    this.checksumAlgorithm = plan.claims.checksum?.algorithm ?? plan.claims.trailerAlgorithm;
    const needed = new Set<DigestAlgorithm>();
    if (this.checksumAlgorithm !== undefined) needed.add(this.checksumAlgorithm);
    if (plan.claims.contentMd5 !== undefined) needed.add('MD5');
    if (plan.contentSha256 !== undefined) needed.add('SHA256');
    this.neededDigests = [...needed];
  }

  chunks(): AsyncIterable<Uint8Array> {
    return { [Symbol.asyncIterator]: () => new ChunkIterator(this.#plan, () => this.#end()) };
  }

  verify(computed: Digests): ClaimedDigests {
    if (!this.#ended) throw new Error('verify before the end of the body');
    const { claims, contentSha256, decoder } = this.#plan;
    compare('SHA256', contentSha256, computed, () => sha256Mismatch(contentSha256, computed.SHA256));
    compare('MD5', claims.contentMd5, computed, () => md5Mismatch(claims.contentMd5, computed.MD5));
    const trailer = readTrailerChecksum(decoder.trailers, claims.trailerAlgorithm);
    const checksum =
      claims.trailerAlgorithm !== undefined && trailer !== undefined
        ? { algorithm: claims.trailerAlgorithm, value: trailer }
        : claims.checksum;
    if (checksum !== undefined) {
      compare(checksum.algorithm, checksum.value, computed, () => checksumMismatch(checksum.algorithm));
    }
    return { checksum, contentMd5: claims.contentMd5, contentSha256 };
  }

  async readAll(limitBytes: number): Promise<Buffer> {
    if ((this.sizeBytes ?? 0) > limitBytes) throw tooLong();
    const pieces: Uint8Array[] = [];
    let sizeBytes = 0;
    for await (const piece of this.chunks()) {
      sizeBytes += piece.length;
      if (sizeBytes > limitBytes) throw tooLong();
      pieces.push(piece);
    }
    const first = pieces[0];
    const whole = pieces.length === 1 && Buffer.isBuffer(first) ? first : Buffer.concat(pieces, sizeBytes);
    this.verify(digestOnce(this.neededDigests, whole));
    return whole;
  }

  #end(): void {
    this.#plan.decoder.end();
    this.#ended = true;
  }
}

/** Pulls socket buffers and hands on their decoded views; written out because a generator costs more per buffer. */
class ChunkIterator implements AsyncIterator<Uint8Array, undefined> {
  readonly #plan: BodyPlan;
  readonly #atEnd: () => void;
  readonly #ready: Buffer[] = [];
  readonly #emit = (data: Buffer): void => {
    if (data.length > 0) this.#ready.push(data);
  };
  #sizeBytes = 0;

  constructor(plan: BodyPlan, atEnd: () => void) {
    this.#plan = plan;
    this.#atEnd = atEnd;
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const piece = this.#ready.shift();
    return piece === undefined ? this.#pull() : Promise.resolve({ done: false, value: piece });
  }

  async #pull(): Promise<IteratorResult<Uint8Array, undefined>> {
    for (;;) {
      const bytes = await this.#plan.source.next();
      if (bytes === undefined) {
        this.#atEnd();
        return { done: true, value: undefined };
      }
      this.#sizeBytes += bytes.length;
      // An announced length was checked before; what is not announced is counted here.
      if (this.#plan.sizeBytes === undefined && this.#sizeBytes > this.#plan.limitBytes) {
        throw tooLarge(this.#plan.limitBytes);
      }
      this.#plan.decoder.push(bytes, this.#emit);
      const piece = this.#ready.shift();
      if (piece !== undefined) return { done: false, value: piece };
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    return { done: true, value: undefined };
  }
}

function compare(
  algorithm: DigestAlgorithm,
  claimed: Uint8Array | undefined,
  computed: Digests,
  mismatch: () => Failure,
): void {
  if (claimed === undefined) return;
  const actual = computed[algorithm];
  if (actual === undefined) throw new Error(`${algorithm} was not computed`);
  if (!Buffer.from(actual.buffer, actual.byteOffset, actual.byteLength).equals(claimed)) throw mismatch();
}

function sha256Mismatch(claimed: Uint8Array | undefined, computed: Uint8Array | undefined): Failure {
  return new Failure('XAmzContentSHA256Mismatch', undefined, {
    fields: { ClientComputedContentSHA256: hexOf(claimed), S3ComputedContentSHA256: hexOf(computed) },
  });
}

function md5Mismatch(claimed: Uint8Array | undefined, computed: Uint8Array | undefined): Failure {
  return new Failure('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
    fields: { ExpectedDigest: base64Of(claimed), CalculatedDigest: base64Of(computed) },
  });
}

function checksumMismatch(algorithm: ChecksumAlgorithm): Failure {
  return new Failure('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}

function hexOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}

function base64Of(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64');
}

function tooLong(): Failure {
  return new Failure('MaxMessageLengthExceeded');
}

/** A PUT larger than S3 takes (5 GiB). */
export function tooLarge(limitBytes: number, proposedBytes?: number): Failure {
  return new Failure('EntityTooLarge', undefined, {
    fields: {
      ...(proposedBytes !== undefined && { ProposedSize: String(proposedBytes) }),
      MaxSizeAllowed: String(limitBytes),
    },
  });
}
