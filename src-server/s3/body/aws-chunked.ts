import { Failure } from '../../domain/failure.ts';
import { hexValue } from '../../domain/uri-encoding.ts';
import type { BodyDecoder } from './body-decoder.ts';
import type { ChunkSignatures } from './chunk-signatures.ts';

/** What the request said of its chunks. */
export interface AwsChunkedOptions {
  /** From `x-amz-decoded-content-length`. */
  readonly decodedBytes: number;
  /** Checks chunk signatures; undefined for unsigned chunks. */
  readonly signatures: ChunkSignatures | undefined;
  /** Trailing headers may follow the last chunk. */
  readonly trailer: boolean;
}

/** A chunk's header: size, `;chunk-signature=` and 64 digits, and room for an extension nobody uses. */
const MAX_CHUNK_HEADER_BYTES = 512;
const MAX_TRAILER_BYTES = 4096;
/** A signed chunk counts only once it is whole. Unsigned ones need no bound: SDKs send a whole part as one chunk. */
const MAX_SIGNED_CHUNK_BYTES = 16 * 1024 * 1024;
/** AWS: every signed chunk but the last two (last data, end) has at least this size. */
const MIN_SIGNED_CHUNK_BYTES = 8192;
const CR = 0x0d;
const LF = 0x0a;

type State = 'header' | 'data' | 'data-cr' | 'data-lf' | 'trailer';

/**
 * Decodes `aws-chunked` bodies: `size[;chunk-signature=…] CRLF data CRLF`, ended by a chunk of size 0 and, where announced,
 * trailing headers. Data is handed on as views of the socket's buffers while it arrives; a chunk whose signature is wrong
 * fails the body at the chunk's end, before the body can end.
 */
export class AwsChunkedDecoder implements BodyDecoder {
  readonly trailers = new Map<string, string>();
  readonly #options: AwsChunkedOptions;
  #state: State = 'header';
  /** What has arrived of a header line or of the trailer. */
  #line = '';
  #chunkLeft = 0;
  #decoded = 0;
  #previousSize = Number.POSITIVE_INFINITY;
  #sawLastChunk = false;

  constructor(options: AwsChunkedOptions) {
    this.#options = options;
  }

  push(bytes: Buffer, emit: (data: Buffer) => void): void {
    let at = 0;
    while (at < bytes.length) {
      switch (this.#state) {
        case 'header':
          at = this.#readHeader(bytes, at);
          break;
        case 'data':
          at = this.#readData(bytes, at, emit);
          break;
        case 'data-cr':
          at = this.#expect(bytes, at, CR, 'data-lf');
          break;
        case 'data-lf':
          at = this.#expect(bytes, at, LF, 'header');
          break;
        case 'trailer':
          this.#line += bytes.toString('latin1', at);
          if (this.#line.length > MAX_TRAILER_BYTES) throw malformedTrailer();
          return;
      }
    }
  }

  end(): void {
    if (!this.#sawLastChunk || this.#decoded !== this.#options.decodedBytes) throw incomplete();
    this.#readTrailers();
  }

  #readHeader(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(LF, at);
    const until = end === -1 ? bytes.length : end;
    if (this.#line.length + until - at > MAX_CHUNK_HEADER_BYTES) throw badChunk();
    this.#line += bytes.toString('latin1', at, until);
    if (end === -1) return bytes.length;
    if (this.#line.charCodeAt(this.#line.length - 1) !== CR) throw badChunk();
    const header = this.#line.slice(0, -1);
    this.#line = '';
    this.#beginChunk(header);
    return end + 1;
  }

  #beginChunk(header: string): void {
    const semicolon = header.indexOf(';');
    const size = parseSize(semicolon === -1 ? header : header.slice(0, semicolon));
    const { signatures, decodedBytes, trailer } = this.#options;
    if (this.#decoded + size > decodedBytes) throw incomplete();
    if (signatures !== undefined) {
      this.#checkSignedSize(size);
      signatures.begin(chunkSignature(header, semicolon));
    }
    this.#chunkLeft = size;
    if (size > 0) {
      this.#state = 'data';
      return;
    }
    signatures?.finish();
    this.#sawLastChunk = true;
    this.#state = 'trailer';
    if (!trailer && this.#decoded !== decodedBytes) throw incomplete();
  }

  #checkSignedSize(size: number): void {
    if (size > MAX_SIGNED_CHUNK_BYTES) throw badChunk();
    if (size > 0 && this.#previousSize < MIN_SIGNED_CHUNK_BYTES) throw new Failure('InvalidChunkSizeError');
    this.#previousSize = size;
  }

  #readData(bytes: Buffer, at: number, emit: (data: Buffer) => void): number {
    const end = Math.min(at + this.#chunkLeft, bytes.length);
    const data = at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end);
    this.#options.signatures?.update(data);
    this.#chunkLeft -= data.length;
    this.#decoded += data.length;
    if (this.#chunkLeft === 0) {
      this.#options.signatures?.finish();
      this.#state = 'data-cr';
    }
    emit(data);
    return end;
  }

  #expect(bytes: Buffer, at: number, byte: number, next: State): number {
    if (bytes[at] !== byte) throw badChunk();
    this.#state = next;
    return at + 1;
  }

  /** Lines end in LF or CRLF (SDKs differ); empty ones mean nothing. */
  #readTrailers(): void {
    for (const raw of this.#line.split('\n')) {
      const line = raw.trim();
      if (line === '') continue;
      const colon = line.indexOf(':');
      const name = line.slice(0, colon).trim().toLowerCase();
      if (colon < 1 || !this.#options.trailer || this.trailers.has(name)) throw malformedTrailer();
      this.trailers.set(name, line.slice(colon + 1).trim());
    }
    const { signatures, trailer } = this.#options;
    if (signatures === undefined || !trailer) return;
    const signature = this.trailers.get('x-amz-trailer-signature');
    this.trailers.delete('x-amz-trailer-signature');
    if (signature === undefined) throw malformedTrailer();
    signatures.finishTrailer(this.trailers, signature);
  }
}

function parseSize(text: string): number {
  const digits = text.trimEnd();
  if (digits.length === 0 || digits.length > 12) throw badChunk();
  let size = 0;
  for (let i = 0; i < digits.length; i++) size = size * 16 + hexValue(digits.charCodeAt(i));
  if (Number.isNaN(size)) throw badChunk();
  return size;
}

function chunkSignature(header: string, semicolon: number): string {
  for (const extension of semicolon === -1 ? [] : header.slice(semicolon + 1).split(';')) {
    const text = extension.trim();
    if (text.startsWith('chunk-signature=')) return text.slice('chunk-signature='.length);
  }
  throw new Failure('SignatureDoesNotMatch', 'A chunk came without its signature');
}

function incomplete(): Failure {
  return new Failure(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header',
  );
}

function badChunk(): Failure {
  return new Failure('InvalidRequest', 'The body is not well-formed aws-chunked content');
}

function malformedTrailer(): Failure {
  return new Failure('MalformedTrailerError');
}
