import { crc32c } from '@node-rs/crc32';
import {
  LOG_FORMAT,
  LOG_ID_BYTES,
  LogDamaged,
  type RecordPosition,
  readU64,
  SEGMENT_HEADER_BYTES,
  SEGMENT_MAGIC,
  writeU64,
} from './format.ts';

/** Records that stand in an earlier segment but do not count, because their sync failed (LOG.md 9, 11). */
export interface VoidedRange {
  readonly segment: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** First 4 KiB of a segment (LOG.md 3). The statement dictionary is empty after it. */
export interface SegmentHeader {
  readonly logId: Buffer;
  readonly segment: number;
  readonly epoch: number;
  /** Schema step of the catalogue at `previous`: what an empty catalogue must be brought to before a replay from here. */
  readonly schemaVersion: number;
  /** The record after which this segment goes on: whatever stands behind it in earlier segments is not part of the log. */
  readonly previous: RecordPosition;
  /** UUIDs of the disks that hold a copy in this epoch, 16 bytes each. */
  readonly members: readonly Buffer[];
  readonly voids: readonly VoidedRange[];
}

const MEMBERS_MAX = 16;
const VOIDS_MAX = 64;
const UUID_BYTES = 16;
const VOID_BYTES = 24;
const MEMBERS_AT = 96;
const VOIDS_AT = MEMBERS_AT + MEMBERS_MAX * UUID_BYTES;
const CRC_AT = SEGMENT_HEADER_BYTES - 4;

/** @throws RangeError for more members or voids than the format holds */
export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  if (header.members.length > MEMBERS_MAX || header.voids.length > VOIDS_MAX) {
    throw new RangeError('too many members or voids for a segment header');
  }
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(bytes, 0);
  bytes.writeUInt32LE(LOG_FORMAT, 8);
  bytes.writeUInt32LE(SEGMENT_HEADER_BYTES, 12);
  header.logId.copy(bytes, 16, 0, LOG_ID_BYTES);
  writeU64(bytes, header.segment, 32);
  writeU64(bytes, header.epoch, 40);
  writeU64(bytes, header.previous.segment, 48);
  writeU64(bytes, header.previous.offset, 56);
  writeU64(bytes, header.previous.sequence, 64);
  bytes.writeUInt32LE(header.previous.crc, 72);
  bytes.writeUInt32LE(header.schemaVersion, 76);
  bytes.writeUInt32LE(header.members.length, 80);
  bytes.writeUInt32LE(header.voids.length, 84);
  for (const [index, member] of header.members.entries()) member.copy(bytes, MEMBERS_AT + index * UUID_BYTES);
  for (const [index, range] of header.voids.entries()) {
    const at = VOIDS_AT + index * VOID_BYTES;
    writeU64(bytes, range.segment, at);
    writeU64(bytes, range.firstSequence, at + 8);
    writeU64(bytes, range.lastSequence, at + 16);
  }
  bytes.writeUInt32LE(crc32c(bytes.subarray(0, CRC_AT)), CRC_AT);
  return bytes;
}

/** @throws LogDamaged when the bytes are not a header of this format */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader {
  if (bytes.length < SEGMENT_HEADER_BYTES || !bytes.subarray(0, 8).equals(SEGMENT_MAGIC)) {
    throw new LogDamaged('not a log segment');
  }
  if (bytes.readUInt32LE(CRC_AT) !== crc32c(bytes.subarray(0, CRC_AT))) throw new LogDamaged('segment header CRC');
  const format = bytes.readUInt32LE(8);
  if (format !== LOG_FORMAT) throw new LogDamaged(`log format ${format}; this release knows ${LOG_FORMAT}`);
  const memberCount = bytes.readUInt32LE(80);
  const voidCount = bytes.readUInt32LE(84);
  if (memberCount > MEMBERS_MAX || voidCount > VOIDS_MAX) throw new LogDamaged('segment header counts');
  return {
    logId: Buffer.from(bytes.subarray(16, 16 + LOG_ID_BYTES)),
    segment: readU64(bytes, 32),
    epoch: readU64(bytes, 40),
    schemaVersion: bytes.readUInt32LE(76),
    previous: {
      segment: readU64(bytes, 48),
      offset: readU64(bytes, 56),
      sequence: readU64(bytes, 64),
      crc: bytes.readUInt32LE(72),
    },
    members: Array.from({ length: memberCount }, (_, index) => {
      const at = MEMBERS_AT + index * UUID_BYTES;
      return Buffer.from(bytes.subarray(at, at + UUID_BYTES));
    }),
    voids: Array.from({ length: voidCount }, (_, index) => {
      const at = VOIDS_AT + index * VOID_BYTES;
      return {
        segment: readU64(bytes, at),
        firstSequence: readU64(bytes, at + 8),
        lastSequence: readU64(bytes, at + 16),
      };
    }),
  };
}
