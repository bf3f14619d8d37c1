import { crc32 } from 'node:zlib';
import { combineCrcs } from '../../domain/crc-combine.ts';
import type { BodyChunk } from '../../storage/body-store.ts';
import type { PlannedEntry } from './plan-format.ts';
import type { CrcProgress } from './zip-folder.ts';

const NOTHING: CrcProgress = { doneBytes: 0, crc32: 0 };

/** Where a CRC comes from besides the bytes that pass by. */
export interface CrcSource {
  /** What an earlier download left. */
  readonly known: CrcProgress | undefined;
  /** Reads the bytes [start, end) of the entry's content. */
  read(start: number, end: number): AsyncIterable<BodyChunk>;
}

/**
 * The CRC32 of an entry whose bytes pass by from some place on, once each and in order. What lies before that place and is
 * not known from earlier is read at the end, and joined.
 */
export class EntryCrc {
  readonly #entry: PlannedEntry;
  readonly #source: CrcSource;
  /** From the content's start. */
  #head: CrcProgress;
  /** Of bytes that passed behind the head, from `#tailStart` on. */
  #tailStart: number | undefined;
  #tailBytes = 0;
  #tailCrc = 0;

  constructor(entry: PlannedEntry, source: CrcSource) {
    this.#entry = entry;
    this.#source = source;
    this.#head = source.known ?? NOTHING;
  }

  /** @param at of the bytes, from the content's start */
  pass(bytes: Uint8Array, at: number): void {
    if (this.#tailStart !== undefined) {
      this.#tailCrc = crc32(bytes, this.#tailCrc);
      this.#tailBytes += bytes.length;
    } else if (at <= this.#head.doneBytes) {
      const fresh = bytes.subarray(Math.min(bytes.length, this.#head.doneBytes - at));
      this.#head = { doneBytes: this.#head.doneBytes + fresh.length, crc32: crc32(fresh, this.#head.crc32) };
    } else {
      this.#tailStart = at;
      this.#tailBytes = bytes.length;
      this.#tailCrc = crc32(bytes);
    }
  }

  /** What a later download can go on from. */
  get progress(): CrcProgress {
    return this.#head;
  }

  /** Reads what did not pass by. Throws as reading does. */
  async finish(): Promise<number> {
    const { sizeBytes } = this.#entry;
    await this.#readHead(this.#tailStart ?? sizeBytes);
    if (this.#tailStart === undefined) return this.#head.crc32;
    if (this.#tailStart + this.#tailBytes !== sizeBytes) throw new Error('the CRC of an entry was asked for too early');
    const pieces = [
      { crc: bytesOf(this.#head.crc32), sizeBytes: this.#head.doneBytes },
      { crc: bytesOf(this.#tailCrc), sizeBytes: this.#tailBytes },
    ];
    const joined = combineCrcs('CRC32', pieces);
    return new DataView(joined.buffer, joined.byteOffset).getUint32(0);
  }

  async #readHead(end: number): Promise<void> {
    const start = this.#head.doneBytes;
    if (start >= end) return;
    let { doneBytes, crc32: crc } = this.#head;
    for await (const chunk of this.#source.read(start, end)) {
      for (const piece of chunk.pieces) {
        crc = crc32(piece, crc);
        doneBytes += piece.length;
      }
      chunk.release();
    }
    if (doneBytes !== end) throw new Error(`an entry of ${end} bytes reads as ${doneBytes}`);
    this.#head = { doneBytes, crc32: crc };
  }
}

function bytesOf(crc: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes;
}
