import { Failure } from '../../domain/failure.ts';
import { type PartHeaders, parsePartHeaders } from '../../domain/form-part.ts';

/** A part of a form, its bytes still to come. */
export interface FormPart extends PartHeaders {
  /** Pulled once, before the next part is asked for; what is left is skipped. */
  chunks(): AsyncGenerator<Uint8Array>;
}

const MAX_PART_HEADERS_BYTES = 16 * 1024;
const CRLF = '\r\n';

/**
 * Reads a `multipart/form-data` body part by part as it arrives (RFC 7578), holding no more than one chunk. Throws
 * MalformedPOSTRequest where it is none or ends early.
 */
export class FormReader {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #delimiter: Buffer;
  /** The first delimiter begins the body: as if a line had ended before. */
  #buffer: Buffer = Buffer.from(CRLF);
  /** What comes before the first delimiter is skipped as the rest of a part is. */
  #isInPart = true;
  #isOver = false;

  constructor(source: AsyncIterable<Uint8Array>, boundary: string) {
    this.#source = source[Symbol.asyncIterator]();
    this.#delimiter = Buffer.from(`${CRLF}--${boundary}`, 'latin1');
  }

  /** The next part; undefined after the last. */
  async next(): Promise<FormPart | undefined> {
    for await (const _ of this.#rest()) {
      // Skipped.
    }
    if (this.#isOver) return undefined;
    await this.#fill(2);
    const lineEnd = this.#buffer.toString('latin1', 0, 2);
    if (lineEnd === '--') {
      this.#isOver = true;
      return undefined;
    }
    if (lineEnd !== CRLF) throw new Failure('MalformedPOSTRequest');
    const end = await this.#endOfHeaders();
    const headers = parsePartHeaders(this.#buffer.toString('latin1', 2, end));
    this.#buffer = this.#buffer.subarray(end + 4);
    this.#isInPart = true;
    return { ...headers, chunks: () => this.#rest() };
  }

  /** Reads and drops up to so many bytes more, so that the answer reaches a browser that is still sending. */
  async drain(maxBytes: number): Promise<void> {
    for (let left = maxBytes; left > 0; ) {
      const { done, value } = await this.#source.next();
      if (done === true) return;
      left -= value.byteLength;
    }
  }

  async #endOfHeaders(): Promise<number> {
    for (;;) {
      const end = this.#buffer.indexOf(CRLF + CRLF, 0, 'latin1');
      if (end !== -1) return end;
      if (this.#buffer.length > MAX_PART_HEADERS_BYTES) throw new Failure('MalformedPOSTRequest');
      await this.#fill(this.#buffer.length + 1);
    }
  }

  /** The bytes of the part up to the next delimiter, which is taken too. An end that may begin a delimiter is held back. */
  async *#rest(): AsyncGenerator<Uint8Array> {
    while (this.#isInPart) {
      const at = this.#buffer.indexOf(this.#delimiter);
      if (at !== -1) {
        const last = this.#buffer.subarray(0, at);
        this.#buffer = this.#buffer.subarray(at + this.#delimiter.length);
        this.#isInPart = false;
        if (last.length > 0) yield last;
        return;
      }
      const sure = this.#buffer.length - this.#delimiter.length + 1;
      if (sure > 0) {
        const piece = this.#buffer.subarray(0, sure);
        this.#buffer = this.#buffer.subarray(sure);
        yield piece;
      }
      await this.#fill(this.#buffer.length + 1);
    }
  }

  async #fill(length: number): Promise<void> {
    while (this.#buffer.length < length) {
      const { done, value } = await this.#source.next();
      if (done === true) throw new Failure('MalformedPOSTRequest');
      this.#buffer = Buffer.concat([this.#buffer, value]);
    }
  }
}
