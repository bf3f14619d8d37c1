import { createHash, type Hash, hash } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import { signaturesEqual } from '../auth/compare-signatures.ts';
import type { ChunkSigning } from '../auth/payload-kind.ts';
import { hmacHex } from '../auth/signing-keys.ts';

const EMPTY_SHA256 = hash('sha256', '', 'hex');

/**
 * The chain of signatures over the chunks of one body: each covers its chunk's digest and the signature before it
 * (S3 API reference, "Signature calculations: transferring payload in multiple chunks").
 */
export class ChunkSignatures {
  readonly #signing: ChunkSigning;
  #previous: string;
  #expected = '';
  #digest: Hash | undefined;

  constructor(signing: ChunkSigning) {
    this.#signing = signing;
    this.#previous = signing.seedSignature;
  }

  /** A chunk begins, with the signature of its header. */
  begin(signature: string): void {
    this.#expected = signature;
    this.#digest = undefined;
  }

  update(data: Buffer): void {
    this.#digest ??= createHash('sha256');
    this.#digest.update(data);
  }

  /** The chunk is complete. Throws SignatureDoesNotMatch. */
  finish(): void {
    const digest = this.#digest?.digest('hex') ?? EMPTY_SHA256;
    this.#check('AWS4-HMAC-SHA256-PAYLOAD', `${EMPTY_SHA256}\n${digest}`, this.#expected);
  }

  /** Checks the signature of the trailing headers. Throws SignatureDoesNotMatch. */
  finishTrailer(trailers: ReadonlyMap<string, string>, signature: string): void {
    let lines = '';
    for (const [name, value] of trailers) lines += `${name}:${value}\n`;
    this.#check('AWS4-HMAC-SHA256-TRAILER', hash('sha256', Buffer.from(lines, 'latin1'), 'hex'), signature);
  }

  #check(algorithm: string, digests: string, given: string): void {
    const { key, timestamp, scope } = this.#signing;
    const computed = hmacHex(key, `${algorithm}\n${timestamp}\n${scope}\n${this.#previous}\n${digests}`);
    if (!signaturesEqual(computed, given)) throw new Failure('SignatureDoesNotMatch');
    this.#previous = computed;
  }
}
