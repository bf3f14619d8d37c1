import { Failure } from '../../domain/failure.ts';
import type { BodyDecoder } from './body-decoder.ts';

/** What a policy allows the file to weigh. */
export interface LengthRange {
  readonly min: number;
  readonly max: number;
}

/**
 * The bytes of the file in a form: everything up to the next delimiter. They are handed on as views; only an end of a
 * buffer that may be the beginning of a delimiter is held back. What follows the file is ignored, as on AWS.
 */
export class FormFileDecoder implements BodyDecoder {
  readonly trailers: ReadonlyMap<string, string> = new Map();
  readonly #delimiter: Buffer;
  readonly #range: LengthRange;
  #held: Buffer = Buffer.alloc(0);
  #sizeBytes = 0;
  #isOver = false;

  constructor(boundary: string, range: LengthRange) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    this.#range = range;
  }

  push(bytes: Buffer, emit: (data: Buffer) => void): void {
    if (this.#isOver) return;
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    const end = all.indexOf(this.#delimiter);
    if (end !== -1) {
      this.#isOver = true;
      this.#emit(all.subarray(0, end), emit);
      return;
    }
    const sure = all.length - this.#heldLength(all);
    this.#held = all.subarray(sure);
    this.#emit(all.subarray(0, sure), emit);
  }

  end(): void {
    if (!this.#isOver) throw new Failure('MalformedPOSTRequest');
    if (this.#sizeBytes < this.#range.min) {
      throw new Failure('EntityTooSmall', undefined, {
        fields: { ProposedSize: String(this.#sizeBytes), MinSizeAllowed: String(this.#range.min) },
      });
    }
  }

  #emit(data: Buffer, emit: (data: Buffer) => void): void {
    this.#sizeBytes += data.length;
    if (this.#sizeBytes > this.#range.max) {
      throw new Failure('EntityTooLarge', undefined, {
        fields: { ProposedSize: String(this.#sizeBytes), MaxSizeAllowed: String(this.#range.max) },
      });
    }
    emit(data);
  }

  /** Length of the longest end of `all` that is a beginning of the delimiter. */
  #heldLength(all: Buffer): number {
    const longest = Math.min(all.length, this.#delimiter.length - 1);
    const tail = all.subarray(all.length - longest);
    for (let at = tail.indexOf(0x0d); at !== -1; at = tail.indexOf(0x0d, at + 1)) {
      const length = tail.length - at;
      if (this.#delimiter.compare(tail, at, tail.length, 0, length) === 0) return length;
    }
    return 0;
  }
}
