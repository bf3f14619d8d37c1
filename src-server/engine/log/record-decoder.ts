import { crc32c } from '@node-rs/crc32';
import type { SqlValue } from '../../db/tx.ts';
import { PARAMETER_TAGS } from './batch-journal.ts';
import {
  BATCH_HEADER_BYTES,
  BATCH_MAGIC,
  LOG_FORMAT,
  LOG_ID_BYTES,
  LogDamaged,
  RECORD_FLAG_SEALED,
  RECORD_HEADER_BYTES,
  RECORD_KINDS,
  RECORD_MAGIC,
  RECORD_TRAILER_BYTES,
  type RecordKind,
  type RecordPosition,
  readU64,
} from './format.ts';
import { MIGRATION_BYTES, type MigrationEntry, type RecordFacts } from './record-encoder.ts';

/** A batch header that holds together by itself. */
export interface FoundBatch {
  readonly segment: number;
  readonly sequence: number;
  /** Offset of the journal record from the batch's start. */
  readonly recordAt: number;
  /** From the batch's start to the end of its record. */
  readonly totalLength: number;
}

/** A journal record whose own CRC is right. Views into what was read. */
export interface FoundRecord extends Omit<RecordFacts, 'logId'> {
  /** Of the whole batch, as the record states it. */
  readonly batchCrc: number;
  /** From the batch's start to the end of its record; only as the batch's header states it. */
  readonly batchLength: number;
  readonly entryCount: number;
  readonly payload: Buffer;
}

/** One write as it is to be replayed. */
export interface ReplayEntry {
  readonly sql: string;
  readonly changes: number;
  readonly parameters: readonly SqlValue[];
}

/** The batch header at the start of `bytes`; undefined where none of this log and segment stands. */
export function decodeBatchHeader(bytes: Buffer, logId: Buffer, segment: number): FoundBatch | undefined {
  if (bytes.length < BATCH_HEADER_BYTES || !bytes.subarray(0, 8).equals(BATCH_MAGIC)) return undefined;
  if (bytes.readUInt32LE(48) !== crc32c(bytes.subarray(0, 48))) return undefined;
  if (!bytes.subarray(8, 8 + LOG_ID_BYTES).equals(logId)) return undefined;
  const found = {
    segment: readU64(bytes, 24),
    sequence: readU64(bytes, 32),
    recordAt: bytes.readUInt32LE(40),
    totalLength: bytes.readUInt32LE(44),
  };
  const recordLength = found.totalLength - found.recordAt;
  const holds = found.recordAt >= BATCH_HEADER_BYTES && recordLength >= RECORD_HEADER_BYTES + RECORD_TRAILER_BYTES;
  return holds && found.segment === segment ? found : undefined;
}

/**
 * The record in `bytes`, which reach from its start to the batch's end. Undefined when its own CRC or a length is wrong.
 *
 * @throws LogDamaged for a record that is whole but not of a kind this release can read
 */
export function decodeRecord(bytes: Buffer, batchLength: number): FoundRecord | undefined {
  if (bytes.length < RECORD_HEADER_BYTES + RECORD_TRAILER_BYTES) return undefined;
  const crcAt = bytes.length - RECORD_TRAILER_BYTES;
  if (!bytes.subarray(0, 8).equals(RECORD_MAGIC)) return undefined;
  if (bytes.readUInt32LE(crcAt) !== crc32c(bytes.subarray(0, crcAt))) return undefined;
  const payloadLength = bytes.readUInt32LE(12);
  const headerLength = bytes.readUInt32LE(20);
  if (headerLength + payloadLength !== crcAt) return undefined;
  if (bytes.readUInt16LE(8) !== LOG_FORMAT) throw new LogDamaged(`record format ${bytes.readUInt16LE(8)}`);
  if ((bytes.readUInt8(11) & RECORD_FLAG_SEALED) !== 0) throw new LogDamaged('a sealed record; no key for it');
  return {
    kind: kindOf(bytes.readUInt8(10)),
    entryCount: bytes.readUInt32LE(16),
    segment: readU64(bytes, 24),
    sequence: readU64(bytes, 32),
    epoch: readU64(bytes, 40),
    offset: readU64(bytes, 48),
    previous: {
      segment: readU64(bytes, 56),
      offset: readU64(bytes, 64),
      sequence: readU64(bytes, 72),
      crc: bytes.readUInt32LE(80),
    },
    replacesCrc: bytes.readUInt32LE(84),
    syncedSequence: readU64(bytes, 88),
    createdMs: readU64(bytes, 96),
    batchCrc: bytes.readUInt32LE(crcAt + 4),
    batchLength,
    payload: bytes.subarray(headerLength, crcAt),
  };
}

export function positionOf(record: FoundRecord): RecordPosition {
  return { segment: record.segment, offset: record.offset, sequence: record.sequence, crc: record.batchCrc };
}

function kindOf(number: number): RecordKind {
  for (const [kind, value] of Object.entries(RECORD_KINDS)) {
    // Object.entries widens the keys; they are RECORD_KINDS' own.
    if (value === number) return kind as RecordKind;
  }
  throw new LogDamaged(`record kind ${number}`);
}

/** @throws LogDamaged when the payload is not one */
export function decodeMigration(record: FoundRecord): MigrationEntry {
  if (record.payload.length !== MIGRATION_BYTES) throw new LogDamaged('migration record length');
  return {
    from: record.payload.readUInt32LE(0),
    to: record.payload.readUInt32LE(4),
    checksum: record.payload.readBigUInt64LE(8),
  };
}

/**
 * The writes of a record, in order; adds the statement texts it defines to `texts`, the segment's dictionary so far.
 *
 * @throws LogDamaged when the payload does not hold together, which a right CRC rules out for a writer of ours
 */
export function* decodeEntries(record: FoundRecord, texts: Map<number, string>): Generator<ReplayEntry> {
  const input = new PayloadReader(record.payload);
  for (let index = 0; index < record.entryCount; index += 1) {
    const tag = input.u8();
    const number = input.varint();
    if (tag === 1) {
      texts.set(number, input.text());
      continue;
    }
    const sql = texts.get(number);
    if (tag !== 2 || sql === undefined) throw new LogDamaged(`entry ${index} of record ${record.sequence}`);
    const changes = input.varint();
    const count = input.varint();
    const parameters: SqlValue[] = [];
    for (let at = 0; at < count; at += 1) parameters.push(input.parameter());
    yield { sql, changes, parameters };
  }
  if (!input.atEnd) throw new LogDamaged(`bytes after the entries of record ${record.sequence}`);
}

/** Adds the statement texts that a record defines to `texts` without decoding its writes' parameters into values. */
export function collectDefinitions(record: FoundRecord, texts: Map<number, string>): void {
  if (record.kind === 'migration') return;
  for (const _ of decodeEntries(record, texts)) {
    // Only the definitions matter; they are collected on the way.
  }
}

class PayloadReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  u8(): number {
    return this.#take(1).readUInt8(0);
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
      if (scale > Number.MAX_SAFE_INTEGER) throw new LogDamaged('a number too long');
    }
  }

  text(): string {
    return this.#take(this.varint()).toString('utf8');
  }

  parameter(): SqlValue {
    const tag = this.u8();
    switch (tag) {
      case PARAMETER_TAGS.null:
        return null;
      case PARAMETER_TAGS.float64:
        return this.#take(8).readDoubleLE(0);
      case PARAMETER_TAGS.int64:
        return this.#take(8).readBigInt64LE(0);
      case PARAMETER_TAGS.text:
        return this.text();
      case PARAMETER_TAGS.blob:
        return this.#take(this.varint());
      default:
        throw new LogDamaged(`parameter tag ${tag}`);
    }
  }

  #take(count: number): Buffer {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new LogDamaged('a payload that ends early');
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
