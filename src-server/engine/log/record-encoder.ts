import { crc32c } from '@node-rs/crc32';
import type { JournalEntries } from './batch-journal.ts';
import type { ByteWriter } from './byte-writer.ts';
import {
  BATCH_HEADER_BYTES,
  BATCH_MAGIC,
  FRAME_ALIGNMENT,
  LOG_FORMAT,
  RECORD_HEADER_BYTES,
  RECORD_KINDS,
  RECORD_MAGIC,
  type RecordKind,
  type RecordPosition,
  writeU64,
} from './format.ts';
import type { StatementDictionary } from './statement-dictionary.ts';

/** Everything a journal record says besides its entries. */
export interface RecordFacts {
  readonly logId: Buffer;
  readonly kind: RecordKind;
  readonly segment: number;
  /** Where the batch starts in the segment file. */
  readonly offset: number;
  readonly sequence: number;
  readonly epoch: number;
  readonly previous: RecordPosition;
  /** Highest sequence known to be synced when the record was made (LOG.md 14). */
  readonly syncedSequence: number;
  /** CRC that this batch had in the segment whose sync failed; 0 otherwise. */
  readonly replacesCrc: number;
  readonly createdMs: number;
}

/** A schema step as a record of its own (LOG.md 24). */
export interface MigrationEntry {
  readonly from: number;
  readonly to: number;
  readonly checksum: bigint;
}

const ENTRY_TAGS = { definition: 1, execution: 2 } as const;
export const MIGRATION_BYTES = 16;
const U32 = 4;

/** Room for the batch header at the start of an empty writer; frames follow, then `finishBatch`. */
export function beginBatch(out: ByteWriter): void {
  out.zeros(BATCH_HEADER_BYTES);
}

/** Appends the journal record of a batch and completes it. Answers the batch CRC. */
export function finishBatch(
  out: ByteWriter,
  facts: RecordFacts,
  entries: JournalEntries | MigrationEntry,
  dictionary: StatementDictionary,
): number {
  out.align(FRAME_ALIGNMENT);
  const recordAt = out.length;
  out.zeros(RECORD_HEADER_BYTES);
  const payloadAt = out.length;
  const count = 'to' in entries ? encodeMigration(out, entries) : encodeEntries(out, entries, dictionary);
  const payloadLength = out.length - payloadAt;
  encodeRecordHeader(out.view(recordAt, payloadAt), facts, payloadLength, count);
  appendCrc(out, recordAt);
  encodeBatchHeader(out.view(0, BATCH_HEADER_BYTES), facts, recordAt, out.length + U32);
  return appendCrc(out, 0);
}

function appendCrc(out: ByteWriter, start: number): number {
  const crc = crc32c(out.view(start));
  out.zeros(U32).writeUInt32LE(crc, 0);
  return crc;
}

function encodeEntries(out: ByteWriter, entries: JournalEntries, dictionary: StatementDictionary): number {
  let count = 0;
  for (let index = 0; index < entries.size; index += 1) {
    const text = entries.text(index);
    let number = dictionary.find(text);
    if (number === undefined) {
      number = dictionary.add(text);
      out.u8(ENTRY_TAGS.definition);
      out.varint(number);
      out.text(text);
      count += 1;
    }
    out.u8(ENTRY_TAGS.execution);
    out.varint(number);
    out.bytes(entries.body(index));
    count += 1;
  }
  return count;
}

function encodeMigration(out: ByteWriter, entry: MigrationEntry): number {
  const bytes = out.zeros(MIGRATION_BYTES);
  bytes.writeUInt32LE(entry.from, 0);
  bytes.writeUInt32LE(entry.to, 4);
  bytes.writeBigUInt64LE(entry.checksum, 8);
  return 1;
}

function encodeRecordHeader(bytes: Buffer, facts: RecordFacts, payloadLength: number, entryCount: number): void {
  RECORD_MAGIC.copy(bytes, 0);
  bytes.writeUInt16LE(LOG_FORMAT, 8);
  bytes.writeUInt8(RECORD_KINDS[facts.kind], 10);
  bytes.writeUInt8(0, 11);
  bytes.writeUInt32LE(payloadLength, 12);
  bytes.writeUInt32LE(entryCount, 16);
  bytes.writeUInt32LE(RECORD_HEADER_BYTES, 20);
  writeU64(bytes, facts.segment, 24);
  writeU64(bytes, facts.sequence, 32);
  writeU64(bytes, facts.epoch, 40);
  writeU64(bytes, facts.offset, 48);
  writeU64(bytes, facts.previous.segment, 56);
  writeU64(bytes, facts.previous.offset, 64);
  writeU64(bytes, facts.previous.sequence, 72);
  bytes.writeUInt32LE(facts.previous.crc, 80);
  bytes.writeUInt32LE(facts.replacesCrc, 84);
  writeU64(bytes, facts.syncedSequence, 88);
  writeU64(bytes, facts.createdMs, 96);
}

function encodeBatchHeader(bytes: Buffer, facts: RecordFacts, recordAt: number, totalLength: number): void {
  BATCH_MAGIC.copy(bytes, 0);
  facts.logId.copy(bytes, 8);
  writeU64(bytes, facts.segment, 24);
  writeU64(bytes, facts.sequence, 32);
  bytes.writeUInt32LE(recordAt, 40);
  bytes.writeUInt32LE(totalLength, 44);
  bytes.writeUInt32LE(crc32c(bytes.subarray(0, 48)), 48);
}
