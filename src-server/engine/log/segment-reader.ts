import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32c } from '@node-rs/crc32';
import { alignUp, BATCH_HEADER_BYTES, BLOCK_BYTES, LogDamaged, SEGMENT_HEADER_BYTES } from './format.ts';
import { decodeBatchHeader, decodeRecord, type FoundBatch, type FoundRecord } from './record-decoder.ts';
import { decodeSegmentHeader, type SegmentHeader } from './segment-header.ts';

/** A record that was read, and where the next batch would start. */
export interface ReadRecord {
  readonly record: FoundRecord;
  readonly nextOffset: number;
}

/**
 * Reads one log segment by position. An error of the disk is thrown as it comes: what cannot be read is not taken for
 * what is not there.
 */
export class SegmentReader {
  readonly path: string;
  readonly header: SegmentHeader;
  readonly #fd: number;

  private constructor(path: string, fd: number, header: SegmentHeader) {
    this.path = path;
    this.#fd = fd;
    this.header = header;
  }

  /** @throws LogDamaged when its header is not one */
  static open(path: string): SegmentReader {
    const fd = openSync(path, 'r');
    try {
      return new SegmentReader(path, fd, decodeSegmentHeader(readAt(fd, 0, SEGMENT_HEADER_BYTES)));
    } catch (error) {
      closeSync(fd);
      if (error instanceof LogDamaged) throw new LogDamaged(`${path}: ${error.message}`);
      throw error;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }

  sizeBytes(): number {
    return fstatSync(this.#fd).size;
  }

  /** The batch at `offset`, every byte of it verified; undefined where none stands or it is torn. */
  readBatch(offset: number): ReadRecord | undefined {
    const batch = this.#batchAt(offset);
    if (batch === undefined) return undefined;
    const bytes = readAt(this.#fd, offset, batch.totalLength);
    if (bytes.length < batch.totalLength) return undefined;
    const record = decodeRecord(bytes.subarray(batch.recordAt), batch.totalLength);
    if (record === undefined || !this.#belongs(record, batch, offset)) return undefined;
    if (record.batchCrc !== crc32c(bytes.subarray(0, bytes.length - 4))) return undefined;
    return { record, nextOffset: nextBatchOffset(offset, batch) };
  }

  /** Only the journal record of the batch at `offset`: its own CRC is verified, the bodies before it are skipped. */
  readRecord(offset: number): ReadRecord | undefined {
    const batch = this.#batchAt(offset);
    if (batch === undefined) return undefined;
    const bytes = readAt(this.#fd, offset + batch.recordAt, batch.totalLength - batch.recordAt);
    const record = decodeRecord(bytes, batch.totalLength);
    if (record === undefined || !this.#belongs(record, batch, offset)) return undefined;
    return { record, nextOffset: nextBatchOffset(offset, batch) };
  }

  /** The bytes between the header and the record of the batch at `offset`, which was found valid before. */
  readFrames(offset: number): Buffer {
    const batch = this.#batchAt(offset);
    if (batch === undefined) throw new LogDamaged(`${this.path}: no batch at ${offset}`);
    return readAt(this.#fd, offset + BATCH_HEADER_BYTES, batch.recordAt - BATCH_HEADER_BYTES);
  }

  #batchAt(offset: number): FoundBatch | undefined {
    const head = readAt(this.#fd, offset, BATCH_HEADER_BYTES);
    return decodeBatchHeader(head, this.header.logId, this.header.segment);
  }

  #belongs(record: FoundRecord, batch: FoundBatch, offset: number): boolean {
    return record.segment === this.header.segment && record.offset === offset && record.sequence === batch.sequence;
  }
}

/** Where the first batch of a segment starts. */
export const FIRST_BATCH_OFFSET = SEGMENT_HEADER_BYTES;

function nextBatchOffset(offset: number, batch: FoundBatch): number {
  return alignUp(offset + batch.totalLength, BLOCK_BYTES);
}

/** Up to `length` bytes; fewer only at the end of the file. */
function readAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const count = readSync(fd, bytes, done, length - done, offset + done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}
